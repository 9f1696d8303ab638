import { css } from 'lit';

export const rosterStyles = css`
  .lead,
  .empty,
  .below {
    padding: var(--rk-gap-m) var(--rk-gap-l);
  }
  .empty {
    padding-block: var(--rk-gap-xl);
    text-align: center;
    font-weight: 600;
  }
  ol > li {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    border-top: 1px solid var(--rk-line);
  }
  ol > li:last-child {
    border-bottom: 1px solid var(--rk-line);
  }
  .open {
    display: grid;
    grid-template-columns: 2.25rem 1fr auto;
    align-items: center;
    gap: var(--rk-gap-s);
    min-height: 4rem;
    padding: var(--rk-gap-s) 0 var(--rk-gap-s) var(--rk-gap-l);
    border: 0;
    background: none;
    text-align: left;
    cursor: pointer;
  }
  .open:hover {
    background: var(--rk-surface-sunk);
  }
  .position {
    display: grid;
    place-items: center;
    width: 2.25rem;
    height: 2.25rem;
    border-radius: 50%;
    background: var(--rk-primary-soft);
    color: var(--rk-primary);
    font-weight: 700;
  }
  .who {
    display: flex;
    flex-direction: column;
    align-items: start;
    min-width: 0;
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .twofold {
    grid-column: 1 / -1;
    padding: var(--rk-gap-s) var(--rk-gap-l) var(--rk-gap-l);
  }
  .tools {
    display: flex;
    padding-right: var(--rk-gap-s);
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    font-size: var(--rk-text-s);
    color: var(--rk-ink-soft);
    white-space: nowrap;
  }
  .mark.error {
    color: var(--rk-error);
  }
  .mark.warning {
    color: var(--rk-warning);
  }
  .mark.good {
    color: var(--rk-go);
  }
  .below {
    display: grid;
    gap: var(--rk-gap-m);
    justify-items: start;
  }
  .notice,
  details {
    width: 100%;
  }
  summary {
    min-height: var(--rk-touch);
    align-content: center;
    cursor: pointer;
    font-weight: 600;
  }
  .gone {
    display: flex;
    align-items: center;
    gap: var(--rk-gap-m);
    padding: var(--rk-gap-s) 0;
    border-top: 1px solid var(--rk-line);
  }
  .fill {
    flex: 1;
  }
  .remove {
    display: grid;
    gap: var(--rk-gap-l);
  }
  fieldset {
    display: grid;
    gap: var(--rk-gap-xs);
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--rk-gap-m);
    min-height: var(--rk-touch);
  }
  .choice input {
    width: 1.35rem;
    height: 1.35rem;
    accent-color: var(--rk-primary);
  }
  @media (max-width: 30rem) {
    ol > li {
      grid-template-columns: 1fr;
    }
    .open {
      padding-right: var(--rk-gap-l);
    }
    .tools {
      justify-content: flex-end;
      margin-top: calc(-1 * var(--rk-gap-s));
    }
  }
`;
