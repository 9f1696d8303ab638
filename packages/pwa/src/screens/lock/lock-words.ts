import type { UnlockAnswer } from '../../app/app.ts';
import { td } from './door-texts.ts';

/** What became of a PIN, in words; '' where there is nothing to say. */
export function answerWords(answer: UnlockAnswer | null): string {
  if (answer === null) return '';
  switch (answer.is) {
    case 'wrong':
      return td('lock.wrong', { left: answer.left });
    case 'wait':
      return waitWords(answer.waitMs, answer.left);
    case 'used-up':
      return td('lock.used-up');
    case 'failed':
      return td(answer.reason === 'full' ? 'lock.full' : 'lock.failed');
    case 'denied':
      return td('lock.denied');
    case 'open':
    default:
      return '';
  }
}

/** How long to wait, and what is left then. */
export function waitWords(waitMs: number, left: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  const time =
    seconds > 90
      ? td('lock.minutes', { count: Math.ceil(seconds / 60) })
      : td('lock.seconds', { count: seconds });
  return td('lock.wait', { time, left });
}
