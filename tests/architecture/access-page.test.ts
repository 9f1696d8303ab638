import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACCESS_PAGE, accessPage } from '../../scripts/access-page.ts';

test('[AC11] the page for administrators says what the table says; node scripts/access-page.ts makes it anew', () => {
  expect(readFileSync(ACCESS_PAGE, 'utf8')).toBe(accessPage());
});
