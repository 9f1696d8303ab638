import type { Session } from '../../app/app.ts';

/** Where somebody was in a list of families: what was searched, which family was opened, how far it was scrolled. */
export interface ListPlace {
  text: string;
  chosen: string | null;
  area: string;
  shown: number;
  scroll: number;
  opened: string | null;
}

const places = new WeakMap<Session, { readonly person: string; readonly byList: Map<string, ListPlace> }>();

/** The place of this person in a list, to come back to after a form. Lost with the tab and at the next sign-in. */
export function listPlace(session: Session, list: string, start: ListPlace): ListPlace {
  const person = session.me.get()?.person.id ?? '';
  let own = places.get(session);
  if (own?.person !== person) {
    own = { person, byList: new Map() };
    places.set(session, own);
  }
  const known = own.byList.get(list) ?? start;
  own.byList.set(list, known);
  return known;
}
