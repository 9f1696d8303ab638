import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, mergeUpdates } from 'yjs';
import { Household, LOCAL } from '@rukun/core/household';
import { otherRoot } from '@rukun/core/foundation';
import type { seededRandom } from '../../support/seeded-random.ts';

type Chance = ReturnType<typeof seededRandom>;

/** Bytes as text in which ASCII can be looked for. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/**
 * A household that three phones edit at once, offline and behind one another: answers given again, cleared, settled, members
 * taken out and brought back, remarks, events, what the relay puts beside answers. `log` is what the relay would have of it.
 */
export class RandomHousehold {
  readonly log: Uint8Array[] = [];
  /** Every text ever written, by root. */
  readonly secrets = new Map<string, string[]>();
  /** The member who is the head. */
  readonly member: string;
  readonly #chance: Chance;
  readonly #phones: { readonly household: Household; readonly pending: Uint8Array[] }[];
  #ids = 0;
  #words = 0;

  constructor(chance: Chance, log: readonly Uint8Array[] = []) {
    this.#chance = chance;
    this.#phones = ['ani', 'budi', 'sari'].map((person, index) => this.#phone(person, index, log));
    this.log.push(...log);
    const [first] = this.#phones;
    if (!first) throw new Error('no phone');
    const { household } = first;
    if (log.length > 0) {
      this.member =
        household.snapshot().members.find(({ isErased }) => !isErased)?.id ?? household.addMember();
      return;
    }
    const name = this.#secret('household');
    Household.create(household.doc, {
      form: 'F',
      area: '7',
      origin: 'prelist',
      prelistHead: name,
      answers: { '108': name },
    });
    this.member = household.addMember();
    household.answer({ member: this.member, question: '409' }, '1');
    household.answer({ member: this.member, question: '402' }, this.#secret(`member/${this.member}`));
    household.answer({ member: household.addMember(), question: '402' }, this.#secret('member/other'));
    this.#send(first);
  }

  /** What was written about a member, other members' values left out. */
  secretsOf(member: string): string[] {
    return this.secrets.get(`member/${member}`) ?? [];
  }

  live(steps: number): void {
    for (let step = 0; step < steps; step++) {
      const phone = this.#chance.pick(this.#phones);
      if (this.#chance.below(4) === 0) this.#receive(phone);
      else if (this.#chance.below(3) === 0) this.#send(phone);
      else this.#write(phone.household);
    }
    for (const phone of this.#phones) this.#send(phone);
  }

  #phone(person: string, index: number, log: readonly Uint8Array[]) {
    const doc = new Doc({ gc: false });
    for (const update of log) applyUpdate(doc, update);
    doc.clientID = 1000 * (log.length + 1) + index * 300 + this.#chance.below(300);
    const pending: Uint8Array[] = [];
    const nextId = () => `k${log.length}${person}${++this.#ids}`;
    const household = new Household(doc, { person, now: () => 60_000 * ++this.#words, nextId });
    doc.on('update', (update: Uint8Array, origin: unknown) => origin === LOCAL && pending.push(update));
    return { household, pending };
  }

  #secret(root: string): string {
    const secret = `SECRET-${root.replaceAll('/', '.')}-${++this.#words}-X`;
    this.secrets.set(root, [...(this.secrets.get(root) ?? []), secret]);
    return secret;
  }

  #write(household: Household): void {
    const chance = this.#chance;
    const members = household.snapshot().members.filter(({ isErased }) => !isErased);
    const member = members.length > 0 && chance.below(3) > 0 ? chance.pick(members).id : null;
    const root = member === null ? 'answers' : `member/${member}`;
    const question = chance.pick(['402', '403', '404', '601']);
    switch (chance.below(7)) {
      case 0:
        household.addRemark(`${root}/${question}`, this.#secret(root));
        return;
      case 1:
        household.addEvent(chance.pick(['submitted', 'returned']), this.#secret('event'));
        return;
      case 2:
        if (member !== null) household.removeMember(member, this.#secret(root));
        return;
      case 3:
        if (member !== null) household.restoreMember(member);
        return;
      case 4:
        this.#standBeside(root, question);
        return;
      default:
        household.answer({ member, question }, chance.below(5) === 0 ? null : this.#secret(root));
    }
  }

  /** The relay's own struct beside an answer. */
  #standBeside(root: string, question: string): void {
    const doc = new Doc({ gc: false });
    for (const update of this.log) applyUpdate(doc, update);
    doc.clientID = 5;
    const known = encodeStateVector(doc);
    const entry = { value: this.#secret(root), by: 'ani', at: 1 };
    doc.getMap(otherRoot(root, question)).set(`1000-${this.#chance.below(9)}`, entry);
    this.log.push(encodeStateAsUpdate(doc, known));
  }

  #send({ pending }: { pending: Uint8Array[] }): void {
    if (pending.length > 0) this.log.push(mergeUpdates(pending.splice(0)));
  }

  #receive({ household }: { household: Household }): void {
    for (const update of this.log) applyUpdate(household.doc, update, 'relay');
  }
}
