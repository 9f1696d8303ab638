import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Drawn here, 24 × 24, so that no icon font has to be loaded. */
const DRAWINGS = {
  menu: svg`<path d="M4 6h16M4 12h16M4 18h16" />`,
  back: svg`<path d="M15 5l-7 7 7 7" />`,
  forward: svg`<path d="M9 5l7 7-7 7" />`,
  up: svg`<path d="M6 15l6-7 6 7" />`,
  down: svg`<path d="M6 9l6 7 6-7" />`,
  close: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  search: svg`<circle cx="11" cy="11" r="6.5" /><path d="M16 16l5 5" />`,
  plus: svg`<path d="M12 5v14M5 12h14" />`,
  check: svg`<path d="M5 13l4.5 4.5L19 7" />`,
  circle: svg`<circle cx="12" cy="12" r="8" />`,
  error: svg`<circle cx="12" cy="12" r="9" fill="currentColor" stroke="none" /><path d="M12 7v6M12 16.5v.5" stroke="var(--rk-surface)" />`,
  warning: svg`<path d="M12 3.5L22 20.5H2z" fill="currentColor" stroke-linejoin="round" /><path d="M12 10v5M12 17.6v.3" stroke="var(--rk-surface)" />`,
  remark: svg`<path d="M4 5h16v11H11l-5 4v-4H4z" stroke-linejoin="round" />`,
  info: svg`<circle cx="12" cy="12" r="9" /><path d="M12 11v6M12 7.2v.3" />`,
  phone: svg`<rect x="7" y="3" width="10" height="18" rx="2" /><path d="M11 18h2" />`,
  centre: svg`<path d="M7 18a4 4 0 0 1-.5-8 6 6 0 0 1 11.4 1.2A3.5 3.5 0 0 1 17.5 18z" stroke-linejoin="round" />`,
  eye: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" stroke-linejoin="round" /><circle cx="12" cy="12" r="3" />`,
  online: svg`<path d="M3 9.5a13 13 0 0 1 18 0M6.5 13.2a8 8 0 0 1 11 0M12 18h.01" />`,
  offline: svg`<path d="M3 3l18 18M6.5 13.2a8 8 0 0 1 4-2.2M14.5 11.4a8 8 0 0 1 3 1.8M3 9.5a13 13 0 0 1 5-3M13 5.8a13 13 0 0 1 8 3.7M12 18h.01" />`,
  sync: svg`<path d="M4 11a8 8 0 0 1 14-4l2 2M20 4v5h-5M20 13a8 8 0 0 1-14 4l-2-2M4 20v-5h5" />`,
  person: svg`<circle cx="12" cy="8" r="4" /><path d="M4 21c1-5 4-7 8-7s7 2 8 7" />`,
  people: svg`<circle cx="9" cy="8" r="3.5" /><path d="M2.5 20c.6-4.5 3-6 6.5-6s5.9 1.5 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.5 3.5 5.5" />`,
  place: svg`<path d="M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21z" /><circle cx="12" cy="9.5" r="2.5" />`,
  standing: svg`<path d="M4 7h7v10H4zM13 7h7v10h-7z" stroke-linejoin="round" />`,
  table: svg`<path d="M4 5h16v14H4zM4 10h16M10 10v9" stroke-linejoin="round" />`,
  undo: svg`<path d="M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3" />`,
  redo: svg`<path d="M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 12h3" />`,
  trash: svg`<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13" stroke-linejoin="round" />`,
  help: svg`<circle cx="12" cy="12" r="9" /><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.2" />`,
  save: svg`<path d="M12 4v10M7.5 10l4.5 4.5 4.5-4.5M4 16v4h16v-4" />`,
  share: svg`<circle cx="6" cy="12" r="2.5" /><circle cx="17" cy="6" r="2.5" /><circle cx="17" cy="18" r="2.5" /><path d="M8.2 10.8l6.6-3.6M8.2 13.2l6.6 3.6" />`,
  history: svg`<path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2" />`,
  exit: svg`<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4" />`,
  globe: svg`<circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z" />`,
  lock: svg`<rect x="5" y="10.5" width="14" height="10" rx="2" /><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2.5" />`,
  home: svg`<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z" stroke-linejoin="round" />`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof DRAWINGS;

/** A drawing without words of its own: whoever uses it says beside it what it means. */
export function icon(name: IconName, kind = ''): TemplateResult {
  return html`<svg
    class="icon ${kind}"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    aria-hidden="true"
    focusable="false"
  >
    ${DRAWINGS[name]}
  </svg>`;
}
