/** Where a person is. Addresses carry opaque document ids and area codes only, never personal data. */
export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'area'; readonly area: string }
  | { readonly screen: 'household'; readonly id: string }
  /** A household as it stood after a commit. */
  | { readonly screen: 'past'; readonly id: string; readonly commit: number }
  | { readonly screen: 'board' }
  /** Everybody, or those one looks after. */
  | { readonly screen: 'people' }
  | { readonly screen: 'people-import' }
  /** What is held at the centre until somebody decides. */
  | { readonly screen: 'held' }
  /** The own devices. */
  | { readonly screen: 'devices' }
  | { readonly screen: 'help' };

/** The route of a path; what is unknown is the home screen. */
export function routeOf(path: string): Route {
  const [first, second, third, fourth = ''] = path.split('/').filter(Boolean);
  if (first === 'keluarga' && second && third === 'saat' && /^[1-9]\d{0,14}$/.test(fourth))
    return { screen: 'past', id: second, commit: Number(fourth) };
  if (first === 'keluarga' && second) return { screen: 'household', id: second };
  if (first === 'wilayah' && second) return { screen: 'area', area: second };
  if (first === 'papan') return { screen: 'board' };
  if (first === 'orang') return { screen: second === 'impor' ? 'people-import' : 'people' };
  if (first === 'tertahan') return { screen: 'held' };
  if (first === 'perangkat') return { screen: 'devices' };
  if (first === 'bantuan') return { screen: 'help' };
  return { screen: 'home' };
}

/** The path of a document `household/<id>`. */
export function pathOfHousehold(document: string): string {
  return `/keluarga/${document.slice(document.indexOf('/') + 1)}`;
}

/** The path of a document `household/<id>` as it stood after a commit. */
export function pathOfPast(document: string, commit: number): string {
  return `${pathOfHousehold(document)}/saat/${commit}`;
}

/** Loads the screens that not everybody needs, when they are first opened. */
export const loadScreen = {
  household: () => import('../screens/household/household-screen.ts'),
  past: () => import('../screens/household/history/past-screen.ts'),
  overview: () => import('../screens/supervisor/overview-screen.ts'),
  board: () => import('../screens/board/board-screen.ts'),
  people: () => import('../screens/people/people-screen.ts'),
  'people-import': () => import('../screens/people/import-screen.ts'),
  held: () => import('../screens/held/held-screen.ts'),
  devices: () => import('../screens/people/devices-screen.ts'),
  help: () => import('../screens/common/help-screen.ts'),
  'no-work': () => import('../screens/common/no-work-screen.ts'),
  rescue: () => import('../components/rescue/rescue.ts'),
  security: () => import('../components/security/security.ts'),
} as const;

/** Goes to a path: links do it by themselves, see `<rk-app>`. */
export function go(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}
