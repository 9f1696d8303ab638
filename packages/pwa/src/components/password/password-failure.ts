import { html, type TemplateResult } from 'lit';
import type { Failure } from '@rukun/core/foundation';
import { waitWords } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { ruleWords, tp } from './password-words.ts';

const RULES = ['short', 'long', 'user-name', 'common', 'same'] as const;

/** Why a password was not taken, in words of who typed it. */
export function passwordFailure({ code, paths = [], waitMs }: Failure): TemplateResult {
  const broken = RULES.find((rule) => paths.includes(`next/${rule}`));
  const words =
    broken === undefined
      ? code === 'wrong-credentials'
        ? tp('change.wrong')
        : code === 'unavailable'
          ? tp('change.offline')
          : code === 'rate-limited' && waitMs !== undefined
            ? t('sign-in.wait', { time: waitWords(waitMs) })
            : t(`error.${code}`)
      : ruleWords(broken);
  return html`<div class="notice error" role="alert" data-failure=${code}>
    ${icon('error')}
    <p class="fill">${words}</p>
  </div>`;
}
