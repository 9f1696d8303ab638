import { expect, test } from 'vitest';
import { FrameLedger } from '../../../packages/pwa/src/live/frame-ledger.ts';

test('[LV30] a step 2 covers every edit so far, an update its own', () => {
  const ledger = new FrameLedger();
  ledger.sent('step-2', 7);
  ledger.sent('update', 8);
  ledger.sent('update', 9);
  expect(ledger.stored(1)).toBe(7);
  expect(ledger.stored(2)).toBe(8);
  expect(ledger.stored(3)).toBe(9);
});

test('[LV30] an update before the step 2 proves nothing about what came before it', () => {
  const ledger = new FrameLedger();
  ledger.sent('update', 8);
  ledger.sent('step-2', 8);
  expect(ledger.stored(1)).toBe(-1);
  expect(ledger.stored(2)).toBe(8);
});

test('[LV29] nothing is concluded from what was never sent', () => {
  const ledger = new FrameLedger();
  expect(ledger.stored(0)).toBe(-1);
  expect(ledger.stored(5)).toBe(-1);
});

test('[LV31] after a refusal only what was before it counts', () => {
  const ledger = new FrameLedger();
  ledger.sent('step-2', 1);
  ledger.sent('update', 2);
  ledger.sent('update', 3);
  expect(ledger.refused(2)).toBe(2);
  expect(ledger.stored(3)).toBe(1);
});
