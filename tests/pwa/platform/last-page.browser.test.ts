import { beforeEach, expect, test } from 'vitest';
import { rememberedPage, rememberPage } from '../../../packages/pwa/src/platform/last-page.ts';

beforeEach(() => localStorage.clear());

test('the page of the form that was open last is remembered, of others not', () => {
  rememberPage('household/a', 'III');
  rememberPage('household/b', 'member/k3f1');
  expect(rememberedPage('household/b')).toBe('member/k3f1');
  expect(rememberedPage('household/a')).toBeNull();
});

test('what stands there in another form is no page', () => {
  for (const text of ['', '{', 'null', '[1,2]', '["household/a"]', '{"0":"household/a"}']) {
    localStorage.setItem('rukun.last-page', text);
    expect(rememberedPage('household/a')).toBeNull();
  }
});
