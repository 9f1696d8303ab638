import type { UnlockAnswer } from '../../app/app.ts';
import { t } from '../../i18n/translate.ts';

/** What became of a PIN, in words; '' where there is nothing to say. */
export function answerWords(answer: UnlockAnswer | null): string {
  if (answer === null) return '';
  switch (answer.is) {
    case 'wrong':
      return t('lock.wrong', { left: answer.left });
    case 'wait':
      return waitWords(answer.waitMs, answer.left);
    case 'used-up':
      return t('lock.used-up');
    case 'failed':
      return t(answer.reason === 'full' ? 'lock.full' : 'lock.failed');
    case 'denied':
      return t('lock.denied');
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
      ? t('lock.minutes', { count: Math.ceil(seconds / 60) })
      : t('lock.seconds', { count: seconds });
  return t('lock.wait', { time, left });
}
