import { css } from 'lit';

export const questionStyles = css`
  :host {
    scroll-margin: 10rem 0 7rem;
    content-visibility: auto;
    contain-intrinsic-size: auto 12rem;
  }
  .question {
    display: grid;
    gap: var(--rk-gap-s);
    padding: var(--rk-gap-s) var(--rk-gap-l) var(--rk-gap-l) calc(var(--rk-gap-l) - 4px);
    border-left: 4px solid transparent;
    border-bottom: 1px solid var(--rk-line);
  }
  .question:focus-within {
    border-left-color: var(--rk-primary);
    background: color-mix(in srgb, var(--rk-primary-soft) 35%, var(--rk-surface));
  }
  .question.warning {
    border-left-color: var(--rk-warning-mark);
  }
  .question.error {
    border-left-color: var(--rk-error);
  }
  header {
    display: grid;
    grid-template: 'number tools' auto 'label label' auto / auto 1fr;
    align-items: center;
    gap: 0 var(--rk-gap-s);
  }
  .number {
    grid-area: number;
    min-width: 3.25rem;
    padding: 0.05rem 0.35rem;
    border-radius: 4px;
    background: var(--rk-ground);
    color: var(--rk-ink-soft);
    font-size: var(--rk-text-s);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  h3 {
    grid-area: label;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .required {
    margin-left: 0.2em;
    color: var(--rk-error);
    font-weight: 700;
  }
  .filled-by {
    display: block;
    color: var(--rk-ink-soft);
    font-size: var(--rk-text-s);
    font-weight: 400;
  }
  .tools {
    grid-area: tools;
    display: flex;
    justify-content: flex-end;
    margin-right: -0.75rem;
    align-items: center;
  }
  .tool {
    position: relative;
    min-width: 2.75rem;
    color: var(--rk-ink-soft);
  }
  .tool[aria-expanded='true'] {
    background: var(--rk-primary-soft);
    color: var(--rk-primary);
  }
  .count {
    position: absolute;
    top: 0.2rem;
    right: 0;
    min-width: 1.2rem;
    padding: 0 0.25rem;
    border-radius: 999px;
    background: var(--rk-remark);
    color: var(--rk-surface);
    font-size: 0.75rem;
    line-height: 1.2rem;
    text-align: center;
  }
  .avatar {
    display: inline-grid;
    place-items: center;
    width: 1.9rem;
    height: 1.9rem;
    border: 2px solid var(--rk-go);
    border-radius: 50%;
    background: var(--rk-go-soft);
    color: var(--rk-go);
    font-size: 0.75rem;
    font-weight: 700;
  }
  .about {
    display: grid;
    justify-items: start;
    padding: var(--rk-gap-s) var(--rk-gap-m);
    border-radius: var(--rk-radius);
    background: var(--rk-primary-soft);
  }
  .about .button {
    margin-left: calc(-1 * var(--rk-gap-s));
    padding-inline: var(--rk-gap-s);
    color: var(--rk-primary);
  }
  .suggestion {
    justify-self: start;
    min-height: 2.75rem;
    max-width: 100%;
    padding: 0.35rem 0.9rem;
    border: 1.5px dashed var(--rk-primary);
    border-radius: 999px;
    background: transparent;
    color: var(--rk-primary);
    font-weight: 600;
    text-align: left;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .finding {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: var(--rk-gap-xs) var(--rk-gap-s);
    padding: var(--rk-gap-s) var(--rk-gap-m);
    border-radius: var(--rk-radius);
  }
  .finding .icon {
    margin-top: 0.1em;
  }
  .finding.error {
    background: var(--rk-error-soft);
    color: var(--rk-error);
  }
  .finding.warning {
    background: var(--rk-warning-soft);
    color: var(--rk-warning);
  }
  .finding.warning > .icon {
    color: var(--rk-warning-mark);
  }
  .finding .confirmed {
    display: block;
    color: var(--rk-go);
    font-weight: 600;
  }
  .justify {
    grid-column: 2;
    justify-self: start;
    border-color: currentcolor;
    background: var(--rk-surface);
    color: inherit;
  }
  @media (min-width: 40rem) {
    header {
      grid-template: 'number label tools' auto / auto 1fr auto;
      align-items: start;
    }
    .number {
      margin-top: 0.7rem;
    }
    h3 {
      margin-top: 0.65rem;
    }
  }
  @media (min-width: 64rem) {
    .answer,
    .about,
    .suggestion,
    .finding,
    rk-remarks,
    rk-standing {
      margin-left: 3.75rem;
    }
  }
`;
