import { css } from 'lit';

export const familyListStyles = css`
  .tools {
    display: grid;
    gap: var(--rk-gap-s);
    padding: var(--rk-gap-m) var(--rk-gap-l) 0;
  }
  .search {
    position: relative;
  }
  .search .icon {
    position: absolute;
    top: 50%;
    left: 0.8rem;
    transform: translateY(-50%);
    color: var(--rk-ink-soft);
  }
  .search .input {
    padding-left: 2.5rem;
  }
  .chips {
    display: flex;
    gap: var(--rk-gap-s);
    margin-inline: calc(-1 * var(--rk-gap-l));
    padding: var(--rk-gap-xs) var(--rk-gap-l);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .chip {
    flex: none;
    min-height: var(--rk-touch);
    padding: 0 0.9rem;
    border: 1.5px solid var(--rk-line-strong);
    border-radius: 999px;
    background: var(--rk-surface);
    font-size: var(--rk-text-s);
    font-weight: 600;
    cursor: pointer;
  }
  .chip .numbers {
    color: var(--rk-ink-soft);
    font-weight: 700;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--rk-primary);
    background: var(--rk-primary);
    color: var(--rk-on-primary);
  }
  .chip[aria-pressed='true'] .numbers {
    color: inherit;
  }
  .count {
    padding: var(--rk-gap-s) var(--rk-gap-l);
  }
  .rows {
    background: var(--rk-surface);
    border-block: 1px solid var(--rk-line);
  }
  .rows:empty {
    display: none;
  }
  .row {
    display: grid;
    grid-template-columns: 3.75rem 1fr auto;
    gap: var(--rk-gap-xs) var(--rk-gap-s);
    align-items: start;
    min-height: 5.25rem;
    padding: var(--rk-gap-m) var(--rk-gap-l);
    border-bottom: 1px solid var(--rk-line);
    color: inherit;
    text-decoration: none;
    content-visibility: auto;
    contain-intrinsic-size: auto 6rem;
  }
  .row:last-child {
    border-bottom: 0;
  }
  .row:hover {
    background: var(--rk-surface-sunk);
  }
  .row:focus-visible {
    outline-offset: -3px;
  }
  .number {
    color: var(--rk-primary);
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .who {
    display: grid;
    gap: 0.15rem;
    min-width: 0;
  }
  .head {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .address {
    color: var(--rk-ink-soft);
    font-size: var(--rk-text-s);
    overflow-wrap: anywhere;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem 0.6rem;
    align-items: center;
    margin-top: 0.2rem;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
    font-size: var(--rk-text-s);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .badge .icon {
    width: 1.05rem;
    height: 1.05rem;
  }
  .badge.error {
    color: var(--rk-error);
  }
  .badge.warning {
    color: var(--rk-warning);
  }
  .badge.warning .icon {
    color: var(--rk-warning-mark);
  }
  .badge.remark,
  .badge.standing {
    color: var(--rk-remark);
  }
  .end,
  .nothing {
    display: grid;
    justify-items: center;
    gap: var(--rk-gap-m);
    padding: var(--rk-gap-xl) var(--rk-gap-l);
    text-align: center;
  }
  .area .input {
    width: auto;
    max-width: 9.5rem;
    min-height: var(--rk-touch);
    border-radius: 999px;
    font-size: var(--rk-text-s);
    font-weight: 600;
  }
  @media (min-width: 48rem) {
    .chips {
      flex-wrap: wrap;
    }
    .area .input {
      max-width: 20rem;
    }
  }
`;
