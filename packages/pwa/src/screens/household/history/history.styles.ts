import { css } from 'lit';

export const historyStyles = css`
  .all,
  .entries,
  .entry {
    grid-template-columns: minmax(0, 1fr);
  }
  .all {
    display: grid;
    gap: var(--rk-gap-l);
  }
  .wait {
    padding: var(--rk-gap-xl) 0;
    text-align: center;
  }
  .label {
    font-weight: 400;
  }
  .entries {
    display: grid;
  }
  .entry {
    display: grid;
    gap: 0.15rem;
    padding: var(--rk-gap-m) 0;
    border-top: 1px solid var(--rk-line);
  }
  .entry:first-child {
    border-top: 0;
  }
  .question {
    color: var(--rk-ink-soft);
    font-size: var(--rk-text-s);
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--rk-gap-s);
    align-items: baseline;
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .before {
    overflow-wrap: anywhere;
  }
  .pill {
    white-space: normal;
  }
  .pill.standing {
    background: var(--rk-remark-soft);
    color: var(--rk-remark);
  }
  .pill.current {
    background: var(--rk-primary-soft);
    color: var(--rk-primary);
  }
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr));
    gap: var(--rk-gap-m);
  }
  .filters .input {
    padding-inline: var(--rk-gap-s);
  }
  .day h3 {
    position: sticky;
    top: 3.5rem;
    z-index: 1;
    margin: 0 calc(-1 * var(--rk-gap-l));
    padding: var(--rk-gap-xs) var(--rk-gap-l);
    background: var(--rk-ground);
  }
  .moment {
    padding: var(--rk-gap-m) 0;
    border-bottom: 1px solid var(--rk-line);
  }
  .moment:last-child {
    border-bottom: 0;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--rk-gap-s);
    align-items: baseline;
  }
  .moment .entry {
    padding: var(--rk-gap-s) 0 var(--rk-gap-s) var(--rk-gap-m);
    border-top: 0;
    border-left: 2px solid var(--rk-line);
  }
  .moment .entries {
    gap: var(--rk-gap-xs);
    margin: var(--rk-gap-s) 0;
  }
  .moment .button {
    margin-left: calc(-1 * var(--rk-gap-s));
    padding-inline: var(--rk-gap-s);
    color: var(--rk-primary);
  }
`;
