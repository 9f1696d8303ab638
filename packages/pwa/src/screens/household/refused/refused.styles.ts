import { css } from 'lit';

export const refusedStyles = css`
  .all,
  .rows,
  .row,
  .kept,
  .asking {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--rk-gap-m);
  }
  .row {
    gap: var(--rk-gap-s);
    padding: var(--rk-gap-m);
    border: 1px solid var(--rk-line);
    border-left: 4px solid var(--rk-error);
    border-radius: var(--rk-radius);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  dt {
    color: var(--rk-ink-soft);
    font-size: var(--rk-text-s);
  }
  dd {
    margin-bottom: var(--rk-gap-xs);
    overflow-wrap: anywhere;
  }
  .yours {
    font-weight: 700;
  }
  .why {
    color: var(--rk-error);
  }
  summary {
    min-height: var(--rk-touch);
    align-content: center;
    font-weight: 400;
    cursor: pointer;
  }
  .text {
    max-height: 16rem;
    padding: var(--rk-gap-s);
    overflow-y: auto;
    border: 1px solid var(--rk-line);
    border-radius: var(--rk-radius);
    font-weight: 400;
    white-space: pre-line;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--rk-gap-s);
  }
  .ways .button {
    flex: 1 1 9rem;
  }
  .kept ol {
    display: grid;
    gap: var(--rk-gap-m);
    padding-left: 1.5rem;
    list-style: decimal;
  }
  .kept li .button {
    width: 100%;
    margin-top: var(--rk-gap-s);
  }
  .followed,
  .asking {
    padding-bottom: var(--rk-gap-l);
    border-bottom: 1px solid var(--rk-line);
  }
  .asking {
    padding: var(--rk-gap-l) 0 0;
    border-top: 1px solid var(--rk-line);
    border-bottom: 0;
  }
  @media (min-width: 40rem) {
    dl {
      grid-template-columns: 9rem minmax(0, 1fr);
      gap: var(--rk-gap-xs) var(--rk-gap-m);
    }
  }
`;
