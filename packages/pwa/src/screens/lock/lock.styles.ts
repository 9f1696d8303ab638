import { css } from 'lit';

/** The door of the app: one column, the pad where the thumb is. */
export const lockStyles = css`
  :host {
    display: grid;
    justify-items: center;
    align-items: center;
    min-height: 100dvh;
    padding: var(--rk-gap-l);
    background: var(--rk-ground);
  }
  main {
    display: grid;
    gap: var(--rk-gap-m);
    width: min(22rem, 100%);
  }
  h1 {
    text-align: center;
  }
  .lead {
    text-align: center;
  }
  .card {
    display: grid;
    gap: var(--rk-gap-m);
    padding: var(--rk-gap-l);
    border-radius: var(--rk-radius-l);
    background: var(--rk-surface);
    box-shadow: var(--rk-shadow);
  }
  .people {
    display: grid;
    gap: var(--rk-gap-s);
  }
  .person {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--rk-gap-m);
    text-align: left;
  }
  .people .button {
    width: 100%;
    padding: var(--rk-gap-s) var(--rk-gap-m);
  }
  .people [aria-pressed='true'] {
    border-color: var(--rk-primary);
    background: var(--rk-primary-soft);
  }
  .name {
    display: block;
    font-weight: 700;
  }
  .person .small {
    display: block;
    font-weight: 400;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
  }
  .notice {
    padding: var(--rk-gap-s) var(--rk-gap-m);
  }
  progress {
    width: 100%;
    height: 0.75rem;
    accent-color: var(--rk-primary);
  }
`;
