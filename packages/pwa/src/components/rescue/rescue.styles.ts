import { css } from 'lit';

export const rescueStyles = css`
  .steps,
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--rk-gap-m);
  }
  .found {
    display: grid;
    gap: var(--rk-gap-xs);
    padding: var(--rk-gap-m);
    border: 1px solid var(--rk-line);
    border-radius: var(--rk-radius);
    background: var(--rk-surface-sunk);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--rk-gap-s);
  }
  .ways .button {
    flex: 1 1 min(12rem, 100%);
  }
  input[type='file'] {
    padding: var(--rk-gap-s);
  }
  .name {
    overflow-wrap: anywhere;
  }
`;
