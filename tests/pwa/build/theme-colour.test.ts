import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const APP = new URL('../../../packages/pwa/', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, APP), 'utf8');
}

test('the bar of the phone has the colour of the head of the screens, light and dark', () => {
  const [light, dark] = [...read('src/styles/tokens.css').matchAll(/--rk-head: (#\w{6});/g)].map(
    ([, colour]) => colour,
  );
  const page = read('index.html');
  expect(page).toContain(`content="${light}" media="(prefers-color-scheme: light)"`);
  expect(page).toContain(`content="${dark}" media="(prefers-color-scheme: dark)"`);
  expect(read('public/manifest.webmanifest')).toContain(`"theme_color": "${light}"`);
});
