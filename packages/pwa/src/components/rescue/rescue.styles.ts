import { css } from 'lit';

export const rescueStyles = css`
  .steps,
  form {
    display: grid;
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
    flex: 1 1 12rem;
  }
  input[type='file'] {
    padding: var(--rk-gap-s);
  }
  .name {
    overflow-wrap: anywhere;
  }
`;
