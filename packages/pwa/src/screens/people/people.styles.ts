import { css } from 'lit';

/** What the screens about people and devices share. */
export const peopleStyles = css`
  :host {
    min-height: 100dvh;
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--rk-gap-l);
    max-width: 64rem;
    margin: 0 auto;
    padding: var(--rk-gap-l);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: var(--rk-gap-m);
    align-items: center;
    justify-content: space-between;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--rk-gap-s);
  }
  .ways .button {
    flex: 1 1 min(12rem, 100%);
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--rk-gap-m);
  }
  .asking {
    display: grid;
    gap: var(--rk-gap-m);
    padding: var(--rk-gap-m);
    border: 1px solid var(--rk-line-strong);
    border-radius: var(--rk-radius);
    background: var(--rk-surface-sunk);
  }
  .nothing {
    display: grid;
    justify-items: center;
    gap: var(--rk-gap-m);
    padding: var(--rk-gap-xl) var(--rk-gap-l);
    text-align: center;
  }
  .pill.new,
  .pill.one-time {
    background: var(--rk-warning-soft);
    color: var(--rk-warning);
  }
  .pill.locked {
    background: var(--rk-error-soft);
    color: var(--rk-error);
  }
  .pill.active {
    background: var(--rk-go-soft);
    color: var(--rk-go);
  }
`;
