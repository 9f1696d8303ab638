import { css } from 'lit';

/** Options as rows with their printed codes, beside a box for typing the code. */
export const optionRows = css`
  .codes {
    display: grid;
    gap: var(--rk-gap-s);
  }
  .input.code {
    width: 4.5rem;
    text-align: center;
    font-size: var(--rk-text-l);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .options {
    display: grid;
    border: 1px solid var(--rk-line);
    border-radius: var(--rk-radius);
    overflow: clip;
  }
  .option {
    display: grid;
    grid-template-columns: 1.5rem 1.75rem 1fr;
    align-items: center;
    gap: var(--rk-gap-s);
    min-height: var(--rk-touch);
    padding: 0.35rem var(--rk-gap-m);
    cursor: pointer;
  }
  .option + .option {
    border-top: 1px solid var(--rk-line);
  }
  .option:has(input:checked) {
    background: var(--rk-primary-soft);
    font-weight: 600;
  }
  .option:has(input:disabled) {
    cursor: default;
  }
  .option input {
    width: 1.35rem;
    height: 1.35rem;
    margin: 0;
    accent-color: var(--rk-primary);
  }
  .printed {
    color: var(--rk-ink-soft);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  .words {
    overflow-wrap: anywhere;
  }
  .wrong {
    color: var(--rk-error);
    font-weight: 600;
  }
  @media (min-width: 40rem) {
    .codes {
      grid-template-columns: 4.5rem 1fr;
      align-items: start;
    }
    .codes > .wrong,
    .codes > .sum {
      grid-column: 2;
    }
    .options.many {
      grid-template-columns: 1fr 1fr;
    }
    .options.many .option + .option {
      border-top: 0;
    }
    .options.many .option {
      border-bottom: 1px solid var(--rk-line);
    }
  }
`;
