import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';
import type { Storage } from '@rukun/relay';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

export const FAMILY = HOUSEHOLD.ani1;
/** What was ever written about the person; each is in one answer, edit or entry of its own. */
export const SECRETS = [
  'ZULAIKHA WIBISONO',
  'ZULAIKA WIBISONO',
  '7102994511620003',
  'BIDAN KEMBANGAN',
  'PENYAKIT GINJAL',
  'CUCI DARAH',
  'SURAT PINDAH HILANG',
  'RUMAH NENEK ZULAIKHA WIBISONO',
  '081298765432',
  'PINDAH KE TOMOHON',
] as const;
/** What was written about others of the family, and stays. */
export const OTHERS = ['HENDRIK LUMINTANG', 'JAGA TENGAH'] as const;

/** Of the folder and of what is restored from it. */
export const AUDIT_KEYS = AuditKeys.fresh();

/** An empty folder, removed when the test ends. */
export function emptyFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rukun-erasure-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface FamilyRelay extends OpenedRelay {
  readonly data: string;
  readonly member: string;
  readonly ani: TestDevice;
  readonly sari: TestDevice;
  readonly admin: TestDevice;
}

/** A relay on a data folder with a family of which two people wrote, also refused and put aside, and merged rows of it. */
export async function relayWithFamily(): Promise<FamilyRelay> {
  const data = emptyFolder();
  const database = new DatabaseSync(join(data, 'rukun.sqlite'));
  const opened = await openRelay({ database, data, auditKeys: AUDIT_KEYS });
  const { url, storage } = opened;
  addAdministrator(storage);
  const ani = await TestDevice.signIn(url, 'ani');
  const sari = await TestDevice.signIn(url, 'sari');
  const admin = await TestDevice.signIn(url, 'admin');
  await Promise.all([ani.exchange(), sari.exchange()]);
  const { household } = ani.copy(FAMILY);
  const [head, member] = [household.addMember(), household.addMember()];
  const write = (question: string, value: string) => household.answer({ member, question }, value);
  household.answer({ member: head, question: '402' }, OTHERS[0]);
  household.answer({ member: null, question: '106' }, OTHERS[1]);
  write('402', SECRETS[1]);
  await send(ani);
  write('402', SECRETS[0]);
  write('403', SECRETS[2]);
  await send(ani);
  await sari.exchange();
  // Side by side: neither has seen the other's.
  write('430t', SECRETS[4]);
  sari.copy(FAMILY).household.answer({ member, question: '430t' }, SECRETS[5]);
  write('417t', SECRETS[3]);
  await send(ani);
  await send(sari);
  await ani.exchange();
  household.addRemark(`member/${member}/403`, SECRETS[6]);
  household.addRemark('answers/303', SECRETS[7]);
  household.answer({ member: null, question: 'RESP' }, SECRETS[0]);
  household.answer({ member: null, question: 'HP' }, SECRETS[8]);
  household.removeMember(member, SECRETS[9]);
  await send(ani);
  for (let turn = 0; turn < 80; turn++) {
    household.answer({ member: null, question: '303' }, turn % 9);
    if (turn % 10 === 0) write('430t', `${SECRETS[4]} ${turn}`);
    await send(ani);
  }
  while (opened.relay.context.compactor.compactOne());
  await refuseAndPutAside(opened, sari, member);
  return { ...opened, data, member, ani, sari, admin };
}

/** The same with what is under a member's key refused, and put aside unsealed and sealed. */
async function refuseAndPutAside({ storage }: OpenedRelay, sari: TestDevice, member: string): Promise<void> {
  await sari.exchange();
  const { household, local, doc } = sari.copy(FAMILY);
  local.length = 0;
  doc.on('update', (update: Uint8Array) => void local.push(update));
  doc.transact(() => {
    doc.getMap('event/zz1').set('by', 'tono');
    doc.getMap(`member/${member}`).set('417t', SECRETS[3]);
  });
  await sari.exchange([{ ...sari.item(FAMILY), area: '' }]);
  const before = local.length;
  household.answer({ member, question: '418t' }, SECRETS[4]);
  const late = { at: 5, reason: 'late', document: FAMILY, area: '7102990001000100', marks: [] } as const;
  const author = { person: 'sari', device: sari.me.device.id };
  storage.transact(({ quarantine }) => {
    const update = local[before] ?? new Uint8Array();
    quarantine.add({ ...late, ...author, update, seal: null });
    const sealed = { keyId: 'k', wrapped: new Uint8Array([1]) };
    quarantine.add({ ...late, ...author, update: new TextEncoder().encode(SECRETS[0]), seal: sealed });
  });
  sari.copies.delete(FAMILY);
}

async function send(device: TestDevice): Promise<void> {
  const { receipts } = await device.exchange([device.item(FAMILY)]);
  if (receipts[0]?.status !== 'stored') throw new Error(`not stored: ${JSON.stringify(receipts)}`);
  device.copy(FAMILY).local.length = 0;
}

function addAdministrator(storage: Storage): void {
  storage.transact((writer) => {
    const ani = writer.person('ani');
    if (!ani) throw new Error('nobody');
    writer.addPerson({
      ...ani,
      id: 'admin',
      userName: 'admin',
      name: 'ADMIN',
      role: 'administrator',
      code: '',
    });
  });
}
