import { css, html, type TemplateResult } from 'lit';
import type { Ticks } from '../../app/app.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { t } from '../../i18n/translate.ts';
import { icon, type IconName } from '../../styles/icons.ts';

const MARKS = [
  { name: 'device', drawing: 'phone', on: 'ticks.device', off: 'ticks.device-not' },
  { name: 'relay', drawing: 'centre', on: 'ticks.relay', off: 'ticks.relay-not' },
  { name: 'supervisor', drawing: 'eye', on: 'ticks.supervisor', off: 'ticks.supervisor-not' },
] as const satisfies readonly { name: keyof Ticks; drawing: IconName; on: MessageKey; off: MessageKey }[];

/** The three ticks of a family, each with words for those who do not see them. Lists are long: no element of its own. */
export function ticks(state: Ticks): TemplateResult {
  return html`<span class="ticks" role="group" aria-label=${t('ticks.title')}>
    ${MARKS.map(({ name, drawing, on, off }) => {
      const words = t(state[name] ? on : off);
      return html`<span class="tick" data-tick=${name} ?data-on=${state[name]} title=${words}>
        ${icon(drawing)}${state[name] ? icon('check', 'done') : ''}<span class="unseen">${words}</span>
      </span>`;
    })}
  </span>`;
}

export const ticksStyles = css`
  .ticks {
    display: inline-flex;
    gap: 0.3rem;
    padding-right: 0.3rem;
  }
  .tick {
    position: relative;
    display: inline-flex;
    padding: 0.1rem;
    color: var(--rk-line-strong);
  }
  .tick[data-on] {
    color: var(--rk-go);
  }
  .tick .done {
    position: absolute;
    right: -0.3rem;
    bottom: -0.25rem;
    width: 0.9em;
    height: 0.9em;
    padding: 0.1em;
    border-radius: 50%;
    background: var(--rk-go);
    color: var(--rk-surface);
    stroke-width: 4;
  }
`;
