import { css } from 'lit';

/** What every element of ours starts from: box sizes, type, focus, native controls. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    color: var(--rk-ink);
    font-family: var(--rk-font);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
  }
  ul,
  ol {
    padding: 0;
    list-style: none;
  }
  h1 {
    font-size: var(--rk-text-xl);
    line-height: 1.25;
  }
  h2 {
    font-size: var(--rk-text-l);
    line-height: 1.3;
  }
  h3 {
    font-size: var(--rk-text-m);
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  :focus-visible {
    outline: 3px solid var(--rk-focus);
    outline-offset: 2px;
    border-radius: 4px;
  }
  .quiet {
    color: var(--rk-ink-soft);
  }
  .small {
    font-size: var(--rk-text-s);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  .icon {
    width: 1.25em;
    height: 1.25em;
    flex: none;
    vertical-align: -0.25em;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Buttons, as classes on native buttons and links. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--rk-gap-s);
    min-height: var(--rk-touch);
    padding: 0.4rem 1rem;
    border: 1.5px solid var(--rk-line-strong);
    border-radius: var(--rk-radius);
    background: var(--rk-surface);
    color: var(--rk-ink);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
  }
  .button:hover {
    background: var(--rk-surface-sunk);
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .button.main {
    border-color: var(--rk-primary);
    background: var(--rk-primary);
    color: var(--rk-on-primary);
  }
  .button.main:hover {
    background: var(--rk-primary-strong);
  }
  .button.go {
    border-color: var(--rk-go);
    background: var(--rk-go);
    color: var(--rk-on-primary);
  }
  .button.danger {
    border-color: var(--rk-error);
    color: var(--rk-error);
  }
  .button.danger.full {
    background: var(--rk-error);
    color: var(--rk-on-primary);
  }
  .button.bare {
    border-color: transparent;
    background: transparent;
  }
  .button.bare:hover {
    background: var(--rk-primary-soft);
  }
  .button.square {
    min-width: var(--rk-touch);
    padding: 0.4rem;
  }
  .button.wide {
    width: 100%;
  }
`;

/** Labelled native fields. */
export const fields = css`
  .field {
    display: grid;
    gap: var(--rk-gap-xs);
  }
  .field > label,
  .label {
    font-weight: 600;
  }
  .input {
    width: 100%;
    min-height: var(--rk-touch);
    padding: 0.5rem 0.75rem;
    border: 1.5px solid var(--rk-line-strong);
    border-radius: var(--rk-radius);
    background: var(--rk-surface);
    font-size: var(--rk-text-m);
  }
  textarea.input {
    min-height: 6rem;
    resize: vertical;
  }
  .input::placeholder {
    color: var(--rk-ink-soft);
    opacity: 1;
  }
  .input:focus-visible {
    outline-offset: 0;
    border-color: var(--rk-primary);
  }
  .input[aria-invalid='true'] {
    border-color: var(--rk-error);
  }
`;

/** Notices: a mark, words, and what to do; never colour alone. */
export const notices = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: var(--rk-gap-s);
    align-items: flex-start;
    padding: var(--rk-gap-m);
    border: 1px solid currentcolor;
    border-radius: var(--rk-radius);
  }
  .notice.fold {
    display: block;
    padding: 0 var(--rk-gap-m);
  }
  .fold summary {
    min-height: var(--rk-touch, 3rem);
    align-content: center;
    font-weight: 600;
    cursor: pointer;
  }
  .fold p {
    padding-bottom: var(--rk-gap-m);
  }
  .notice > .icon {
    margin-top: 0.1em;
  }
  .notice.error {
    color: var(--rk-error);
    background: var(--rk-error-soft);
  }
  .notice.warning {
    color: var(--rk-warning);
    background: var(--rk-warning-soft);
  }
  .notice.info {
    color: var(--rk-primary);
    background: var(--rk-primary-soft);
  }
  .notice.good {
    color: var(--rk-go);
    background: var(--rk-go-soft);
  }
  .notice p + p {
    margin-top: var(--rk-gap-xs);
  }
  .notice .fill {
    flex: 1 1 12rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .notice .ways {
    display: flex;
    flex: 1 0 100%;
    flex-wrap: wrap;
    gap: var(--rk-gap-s);
  }
  .notice .ways .button {
    flex: 1 1 min(14rem, 100%);
    padding-inline: var(--rk-gap-s);
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    padding: 0.1rem 0.6rem;
    border-radius: 999px;
    background: var(--rk-state-open-soft);
    color: var(--rk-state-open);
    font-size: var(--rk-text-s);
    font-weight: 600;
    white-space: nowrap;
  }
  .pill.draft {
    background: var(--rk-state-draft-soft);
    color: var(--rk-state-draft);
  }
  .pill.submitted {
    background: var(--rk-state-submitted-soft);
    color: var(--rk-state-submitted);
  }
  .pill.returned {
    background: var(--rk-state-returned-soft);
    color: var(--rk-state-returned);
  }
  .pill.approved {
    background: var(--rk-state-approved-soft);
    color: var(--rk-state-approved);
  }
`;
