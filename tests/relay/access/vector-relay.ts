import { Doc, encodeStateAsUpdate, type Map as YMap } from 'yjs';
import type { Stage } from '@rukun/core/access';
import type { Role } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { DocumentKind, DocumentName } from '@rukun/core/protocol';
import type { StorageWriter } from '@rukun/relay';
import { touchesOf, type VectorCase, type VectorRow } from '../../core/access/vectors.ts';
import { AREA, BOARD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

/** Who is there already, and who is added for the vectors. */
const PERSON_OF: Readonly<Record<Role, string>> = {
  officer: 'ani',
  supervisor: 'sari',
  coordinator: 'koko',
  administrator: 'admin',
  facilitator: 'fasil',
  assistant: 'asisten',
  participant: 'peserta',
  institution: 'instansi',
};

const ADDED: readonly Role[] = ['administrator', 'facilitator', 'assistant', 'institution'];

/** What made each state. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  open: [],
  draft: [],
  submitted: ['submitted'],
  returned: ['submitted', 'returned'],
  approved: ['submitted', 'approved'],
};

/** A relay with somebody of every role, in whose part of the register the documents of the vectors lie. */
export async function openVectorRelay(): Promise<OpenedRelay> {
  const opened = await openRelay();
  opened.storage.transact((writer) => {
    const like = writer.person('ani');
    for (const role of ADDED) {
      const id = PERSON_OF[role];
      writer.addPerson({
        id,
        userName: id,
        name: id,
        role,
        code: '',
        passwordHash: like?.passwordHash ?? '',
      });
    }
    for (const role of ['facilitator', 'assistant', 'participant'] as const)
      writer.directory.change(PERSON_OF[role], { area: AREA.ani });
    writer.directory.change(PERSON_OF.coordinator, { area: AREA.ani.slice(0, 7) });
    writer.directory.change(PERSON_OF.administrator, { area: AREA.ani.slice(0, 4) });
  });
  return opened;
}

export function signInAs({ url }: OpenedRelay, role: Role): Promise<TestDevice> {
  return TestDevice.signIn(url, PERSON_OF[role]);
}

/** Makes the document of a case as an import would, unless the case is about a new one; returns the answer's struct. */
export function addVectorDocument(
  writer: StorageWriter,
  name: DocumentName,
  { row, stage }: Pick<VectorCase, 'row' | 'stage'>,
): string {
  if (row.document === 'board' || stage === 'new') return '';
  const doc = new Doc({ gc: false });
  doc.clientID = writer.relayClient();
  const answer = FILL[row.document]?.(doc, stage) ?? '';
  writer.addDocument(name, row.document, AREA.ani);
  const author = { source: 'import', person: '', device: '' } as const;
  const update = encodeStateAsUpdate(doc);
  writer.append({ document: name, update, ...author, deviceAt: 1, receivedAt: 1, marks: [] });
  return answer;
}

/** The update somebody sends who writes a row. */
export function updateOf(row: VectorRow, { me }: TestDevice, id: string, struct: string): Uint8Array {
  const doc = new Doc();
  const writer = { self: me.person.id, tag: me.device.tag, id, struct };
  doc.transact(() => {
    for (const { root, key, value } of touchesOf(row, writer)) doc.getMap(root).set(key, value);
  });
  return encodeStateAsUpdate(doc);
}

/** The document a case is written into. */
export function documentOf(row: VectorRow, id: string): DocumentName {
  return row.document === 'board' ? BOARD : `${row.document}/${id}`;
}

const FILL: Partial<Record<DocumentKind, (doc: Doc, stage: Stage) => string>> = {
  household(doc, stage) {
    Household.create(doc, { form: 'REGSOSEK22-K', area: AREA.ani, origin: 'prelist', answers: {} });
    const map: YMap<unknown> = doc.getMap('answers');
    map.set('303', '1');
    const struct = map._map.get('303')?.lastId;
    doc.getMap('member/m1').set('order', 'V');
    if (stage === 'draft') map.set('304', '1');
    for (const [root, fields] of Object.entries(SOMEBODYS))
      for (const [key, value] of Object.entries(fields)) doc.getMap(root).set(key, value);
    for (const [index, type] of (EVENTS[stage] ?? []).entries()) {
      const event = doc.getMap(`event/e${index}`);
      for (const [key, value] of Object.entries({ type, by: 'x', at: 1, turn: index + 2, reason: '' }))
        event.set(key, value);
    }
    return struct ? `${struct.client}-${struct.clock}` : '';
  },
  area: fillRoot('listing'),
  forum: fillRoot('forum'),
  'forum-list': fillRoot('family/f1'),
};

/** What somebody else has signed. */
const SOMEBODYS = {
  'remark/known': { by: 'somebody', at: 1, text: 'x', place: '', rule: '' },
  'fix/known': { by: 'somebody', at: 1, latitude: 1.4, longitude: 124.8, accuracy: 5 },
  'event/known': { type: 'seen', by: 'somebody', at: 1, turn: 1, reason: '' },
} as const;

function fillRoot(root: string): (doc: Doc) => string {
  return (doc) => {
    doc.getMap(root).set('state', 'begun');
    return '';
  };
}
