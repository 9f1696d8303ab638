import { fieldsAbout, isErasedPlace, type ErasedEntity } from '@rukun/core/household';
import { redactUpdates, Scratch } from '@rukun/core/sync';

/**
 * What is left of an edit that is in no log yet, the same memory where nothing of it goes: it loses what `entities` name, and what
 * in it alone names a person of them. Null where it cannot be read without more, or a whole household went.
 */
export function redactedEdit(
  update: Uint8Array,
  updates: readonly Uint8Array[],
  entities: readonly ErasedEntity[],
): Uint8Array | null {
  if (entities.some(({ member }) => member === null)) return null;
  const all = [...updates, update];
  try {
    const { doc } = Scratch.open(all);
    const more = entities.flatMap(({ member }) =>
      member === null ? [] : [{ member, fields: fieldsAbout(doc, member) }],
    );
    const gone = [...entities, ...more];
    const isGone = (root: string, key: string) => gone.some((entity) => isErasedPlace(entity, root, key));
    return redactUpdates(all, isGone).at(-1) ?? null;
  } catch {
    return null;
  }
}
