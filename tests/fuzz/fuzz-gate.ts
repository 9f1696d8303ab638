import { encodeStateAsUpdate, encodeStateVector, mergeUpdates } from 'yjs';
import { mayWrite, type Actor, type Target, type DocumentFacts } from '@rukun/core/access';
import { isAnswerKey } from '@rukun/core/household';
import { judge, Scratch, type JudgeContext } from '@rukun/core/sync';
import { seededRandom } from '../support/seeded-random.ts';
import type { FuzzTarget, Tally } from './fuzz-run.ts';
import { checkAccepted, digest } from './gate-oracle.ts';
import { grammarUpdate, type Known } from './hostile-grammar.ts';
import { mutate } from './mutations.ts';
import { randomClient, Writer, type Chance } from './random-documents.ts';

const INPUTS_OF_A_SCENE = 2000;
const FULL_CHECK_EVERY = 64;
const AREA = '7102990001000100';
const AUTHOR = 'phone';
const ACTOR: Actor = {
  person: 'ani',
  role: 'officer',
  areas: new Set([AREA]),
  boards: new Set(),
  former: new Map(),
  scope: '',
  tag: 'aka',
};
const TARGET: Target = { kind: 'household', area: AREA, name: 'household/h1' };

/** A stored document, and what the author's device would send next. */
interface Scene {
  readonly number: number;
  readonly state: readonly Uint8Array[];
  readonly owners: ReadonlyMap<number, string>;
  readonly relayClient: number;
  readonly honest: readonly Uint8Array[];
  readonly known: Known;
}

/** The gate against updates that are almost right; an oracle of its own looks at what was accepted. */
export class GateFuzz implements FuzzTarget {
  readonly name = 'gate';
  readonly #seed: number;
  #scene: Scene | null = null;
  #scratch: Scratch | null = null;
  #before = '';

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Input `index`; the same for the same seed. */
  input(index: number): { readonly bytes: Uint8Array } {
    const scene = this.#sceneOf(index);
    const chance = seededRandom(this.#seed * 6133 + index * 17 + 5);
    const kind = chance.next();
    if (kind < 0.45) return { bytes: grammarUpdate(chance, scene.known) };
    const [bytes, other] = [chance.pick(scene.honest), chance.pick([...scene.honest, ...scene.state])];
    if (kind < 0.5) return { bytes };
    if (kind < 0.55) return { bytes: other };
    return { bytes: mutate(chance, kind < 0.6 ? other : bytes, other) };
  }

  run(index: number, tally: Tally): void {
    const scene = this.#sceneOf(index);
    const { bytes } = this.input(index);
    const scratch = (this.#scratch ??= Scratch.open(scene.state));
    if (this.#before === '') this.#before = digest(scratch.doc);
    const judgement = tally.timed(() => judge(scratch, bytes, contextOf(scene)));
    if (judgement.verdict === 'refused') {
      tally.count(`gate ${judgement.failure.code}`);
      if (judgement.isSpoiled) this.#scratch = null;
      else if (index % FULL_CHECK_EVERY === 0 && digest(scratch.doc) !== this.#before)
        throw new Error(`a refusal (${judgement.failure.code}) changed the scratch copy`);
      const { pendingStructs, pendingDs } = scratch.doc.store;
      if (pendingStructs || pendingDs) throw new Error('what was refused waits in the scratch copy');
      return;
    }
    tally.count(judgement.advances ? 'gate accepted' : 'gate accepted, nothing new');
    checkAccepted({ ...scene, author: AUTHOR, person: ACTOR.person, judgement, scratch });
    if (judgement.advances) this.#scratch = null;
  }

  #sceneOf(index: number): Scene {
    const number = Math.floor(index / INPUTS_OF_A_SCENE);
    if (this.#scene?.number !== number) {
      this.#scene = setScene(number, seededRandom(this.#seed * 15_485_863 + number));
      this.#scratch = null;
      this.#before = '';
    }
    return this.#scene;
  }
}

/** A family nobody has submitted, in which nobody has signed anything yet. */
const FACTS: DocumentFacts = {
  at: 0,
  stage: () => 'draft',
  value: () => undefined,
  events: () => [],
  isReturning: () => false,
};

function contextOf({ owners, relayClient }: Pick<Scene, 'owners' | 'relayClient'>): JudgeContext {
  return {
    device: AUTHOR,
    relayClient,
    owner: (client) => owners.get(client) ?? null,
    mayWrite: (writes) => mayWrite(ACTOR, TARGET, writes, FACTS),
    isAnswer: isAnswerKey,
    authorOf: () => ({ by: 'earlier', at: 1 }),
    authorOfNew: () => ({ by: ACTOR.person, at: 2 }),
  };
}

function setScene(number: number, chance: Chance): Scene {
  const relayClient = randomClient(chance);
  const owners = new Map<number, string>();
  const state: Uint8Array[] = [];
  const scratch = Scratch.open([]);
  const devices = [AUTHOR, 'tablet', AUTHOR].map((device) => ({
    device,
    writer: new Writer(randomClient(chance)),
  }));
  for (let round = chance.below(14); round > 0; round--) {
    const { device, writer } = chance.pick(devices);
    if (chance.next() < 0.6) for (const update of state) writer.receive(update);
    writer.answer(chance);
    const context = { ...contextOf({ owners, relayClient }), device, mayWrite: () => null };
    const judgement = judge(scratch, mergeUpdates(writer.local), context);
    if (judgement.verdict === 'refused')
      throw new Error(`an honest update was refused: ${judgement.failure.code}`);
    for (const client of judgement.claims) owners.set(client, device);
    if (judgement.advances) state.push(judgement.fresh);
    if (judgement.relayUpdate) state.push(judgement.relayUpdate);
  }
  const honest: Uint8Array[] = [];
  for (const { device, writer } of devices) {
    if (device !== AUTHOR) continue;
    if (chance.next() < 0.7) for (const update of state) writer.receive(update);
    for (let edits = 1 + chance.below(4); edits > 0; edits--) writer.answer(chance);
    honest.push(...writer.local.slice(-3), mergeUpdates(writer.local), encodeStateAsUpdate(writer.doc));
    honest.push(encodeStateAsUpdate(writer.doc, encodeStateVector(scratch.doc)));
  }
  const clients = [...devices.map(({ writer }) => writer.doc.clientID), relayClient, randomClient(chance)];
  return {
    number,
    state,
    owners,
    relayClient,
    honest,
    known: { clients, clockOf: (client) => scratch.clockOf(client) },
  };
}
