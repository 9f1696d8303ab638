import { css } from 'lit';

/** Answers as cards, side by side where there is room. */
export const standingStyles = css`
  .standing {
    display: grid;
    gap: var(--rk-gap-s);
    padding: var(--rk-gap-m);
    border: 1.5px solid var(--rk-remark);
    border-radius: var(--rk-radius);
    background: var(--rk-remark-soft);
  }
  .title {
    display: flex;
    gap: var(--rk-gap-s);
    color: var(--rk-remark);
    font-weight: 700;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
    gap: var(--rk-gap-s);
  }
  li {
    display: flex;
    flex-direction: column;
    gap: var(--rk-gap-xs);
    padding: var(--rk-gap-m);
    border: 2px solid var(--rk-line);
    border-radius: var(--rk-radius);
    background: var(--rk-surface);
  }
  li.current {
    border-color: var(--rk-primary);
  }
  .value {
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .now {
    color: var(--rk-primary);
    font-weight: 600;
  }
  .button {
    margin-top: auto;
  }
`;
