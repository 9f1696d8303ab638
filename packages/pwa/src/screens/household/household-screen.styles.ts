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
  #page-title {
    padding: var(--rk-gap-m) var(--rk-gap-l);
    border-bottom: 1px solid var(--rk-line);
  }
  #page-title:focus {
    outline: none;
  }
  footer {
    position: sticky;
    bottom: 0;
    z-index: 2;
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    gap: var(--rk-gap-xs);
    padding: var(--rk-gap-s);
    padding-bottom: max(var(--rk-gap-s), env(safe-area-inset-bottom));
    border-top: 1px solid var(--rk-line);
    background: var(--rk-surface);
  }
  footer > .button {
    min-width: 0;
    padding-inline: 0.5rem;
  }
  .undo {
    display: flex;
  }
  @media (max-width: 30rem) {
    footer {
      grid-template-columns: var(--rk-touch) auto 1fr;
    }
    footer [data-previous] span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
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
  @media (min-width: 64rem) {
    .frame {
      display: grid;
      grid-template: auto 1fr auto / 19rem minmax(0, 1fr);
    }
    .top {
      grid-column: 1 / -1;
    }
    aside {
      display: block;
      position: sticky;
      top: 7.5rem;
      align-self: start;
      max-height: calc(100dvh - 7.5rem);
      overflow-y: auto;
      border-right: 1px solid var(--rk-line);
      background: var(--rk-surface);
    }
    .page {
      max-width: 60rem;
    }
    footer {
      grid-column: 2;
      grid-template-columns: 12rem 1fr 12rem;
    }
    .undo {
      justify-content: center;
    }
  }
`;
