import { css } from 'lit';

export const householdStyles = css`
  :host {
    min-height: 100dvh;
    background: var(--rk-ground);
  }
  .wait {
    display: grid;
    gap: var(--rk-gap-l);
    padding: var(--rk-gap-xl) var(--rk-gap-l);
  }
  .frame {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
  }
  .top {
    position: sticky;
    top: 0;
    z-index: 2;
  }
  aside {
    display: none;
  }
  main {
    flex: 1;
    background: var(--rk-surface);
  }
  rk-form-footer {
    position: sticky;
    bottom: 0;
    z-index: 2;
  }
  .back {
    justify-content: start;
    width: 100%;
    border-radius: 0;
    border-bottom: 1px solid var(--rk-line);
    color: var(--rk-primary);
  }
  .sheet {
    width: min(20rem, 88vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0 auto 0 0;
    padding: 0;
    border: 0;
    background: var(--rk-surface);
    color: var(--rk-ink);
    overflow-y: auto;
  }
  .sheet::backdrop {
    background: rgb(10 18 26 / 55%);
  }
  /* Low screens and large text: what is always in view elsewhere must not hide the questions here. */
  @media (max-height: 30em) {
    .top,
    rk-form-footer {
      position: static;
    }
  }
  /* Wide: the drawer stays open, and drawer and page scroll on their own. */
  @media (min-width: 64rem) {
    .frame {
      display: grid;
      grid-template: auto minmax(0, 1fr) auto / 19rem minmax(0, 1fr);
      height: 100dvh;
    }
    .top {
      grid-column: 1 / -1;
    }
    aside {
      display: block;
      grid-row: 2 / 4;
      border-right: 1px solid var(--rk-line);
      background: var(--rk-surface);
    }
    aside,
    main {
      position: relative;
      overflow-y: auto;
    }
    rk-form-page {
      max-width: 60rem;
    }
    rk-form-footer {
      grid-column: 2;
    }
  }
`;
