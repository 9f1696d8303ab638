import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import {
  AUDIT_BUCKETS,
  decodeAuditAnswer,
  decodeAuditRequest,
  decodeExchangeAnswer,
  decodeExchangeRequest,
  decodeRoomMessage,
  digestOfDocument,
  encodeAuditAnswer,
  encodeAuditRequest,
  encodeExchangeAnswer,
  encodeExchangeRequest,
  encodeRoomMessage,
  FINGERPRINT_BYTES,
  parseDocumentName,
  PROTOCOL_VERSION,
  type AuditAnswer,
  type AuditRequest,
  type ExchangeAnswer,
  type ExchangeRequest,
} from '@rukun/core/protocol';
import frames from '../../vectors/protocol-frames.json' with { type: 'json' };

const SEED = 20261122;

const request: ExchangeRequest = {
  epoch: 'e1',
  answerBytes: 4096,
  erasures: 300,
  wanted: ['household/xyz'],
  feeds: [
    {
      shard: '7102',
      cursor: 41,
      held: ['7102990001000100'],
      pending: [{ area: '7102990001000200', cursor: 3 }],
    },
  ],
  items: [
    {
      document: 'household/abc',
      area: '7102990001000100',
      upTo: 12,
      marks: [{ client: 5, clock: 0, at: 1_795_000_020_000 }],
      update: new Uint8Array([0, 0]),
      isCompact: true,
      isVouched: false,
    },
  ],
};

const answer: ExchangeAnswer = {
  epoch: 'e1',
  more: true,
  isRecovering: true,
  receipts: [
    { document: 'household/abc', upTo: 12, status: 'stored' },
    { document: 'household/abd', upTo: 13, status: 'resync' },
    { document: 'household/abe', upTo: 14, status: 'refused', code: 'forbidden', paths: ['answers/303'] },
  ],
  changes: [{ document: 'household/abf', area: '7102990001000100', update: new Uint8Array([0, 0]) }],
  erasures: { upTo: 301, documents: [digestOfDocument('household/abc')] },
  feeds: request.feeds,
};

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('exchange', () => {
  it('[EX24] reads back what it wrote', () => {
    expect(decodeExchangeRequest(encodeExchangeRequest(request))).toEqual({ ok: true, value: request });
    expect(decodeExchangeAnswer(encodeExchangeAnswer(answer))).toEqual({ ok: true, value: answer });
  });

  it('[EX23] keeps to the bytes of its version: whoever changes them writes a new version and its history', () => {
    expect(PROTOCOL_VERSION).toBe(frames.version);
    expect(hex(encodeExchangeRequest(request))).toBe(frames.exchangeRequest);
    expect(hex(encodeExchangeAnswer(answer))).toBe(frames.exchangeAnswer);
  });

  it('[EX24] refuses what is cut, longer, foreign or of another version', () => {
    const bytes = encodeExchangeRequest(request);
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeExchangeRequest(bytes.slice(0, length)).ok, `cut at ${length}`).toBe(false);
    }
    expect(decodeExchangeRequest(new Uint8Array([...bytes, 0])).ok).toBe(false);
    expect(decodeExchangeRequest(new Uint8Array([9, ...bytes.slice(1)]))).toEqual({
      ok: false,
      failure: { code: 'wrong-version' },
    });
  });

  it(`[EX24] never throws on any bytes (seed ${SEED})`, () => {
    const readAll = (bytes: Uint8Array): void => {
      decodeExchangeRequest(new Uint8Array([PROTOCOL_VERSION, ...bytes]));
      decodeExchangeAnswer(new Uint8Array([PROTOCOL_VERSION, ...bytes]));
      decodeAuditRequest(new Uint8Array([PROTOCOL_VERSION, ...bytes]));
      decodeAuditAnswer(new Uint8Array([PROTOCOL_VERSION, ...bytes]));
      decodeRoomMessage(bytes);
    };
    const property = fc.property(fc.uint8Array({ maxLength: 200 }), readAll);
    expect(() => fc.assert(property, { seed: SEED, numRuns: 2000 })).not.toThrow();
  });
});

describe('audit', () => {
  const auditRequest: AuditRequest = {
    areas: ['7102990001000100'],
    skipped: ['household/abc'],
    sums: Uint8Array.from({ length: AUDIT_BUCKETS * FINGERPRINT_BYTES }, (_, index) => index % 251),
  };
  const auditAnswer: AuditAnswer = {
    epoch: 'e1',
    buckets: [3, 63],
    documents: [{ document: 'household/abd', fingerprint: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]) }],
  };

  it('[EX23] reads back what it wrote and keeps to the bytes of its version', () => {
    expect(decodeAuditRequest(encodeAuditRequest(auditRequest))).toEqual({ ok: true, value: auditRequest });
    expect(decodeAuditAnswer(encodeAuditAnswer(auditAnswer))).toEqual({ ok: true, value: auditAnswer });
    expect(hex(encodeAuditRequest(auditRequest))).toBe(frames.auditRequest);
    expect(hex(encodeAuditAnswer(auditAnswer))).toBe(frames.auditAnswer);
  });

  it('[EX24] refuses what is cut or longer', () => {
    const bytes = encodeAuditRequest(auditRequest);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeAuditRequest(bytes.slice(0, length)).ok, `cut at ${length}`).toBe(false);
    expect(decodeAuditRequest(new Uint8Array([...bytes, 0])).ok).toBe(false);
  });
});

describe('room frames', () => {
  const messages = {
    step1: { type: 'sync-step-1', stateVector: new Uint8Array([0]) },
    step2: { type: 'sync-step-2', update: new Uint8Array([0, 0]) },
    update: { type: 'update', update: new Uint8Array([0, 0]) },
    awareness: { type: 'awareness', update: new Uint8Array([0]) },
    query: { type: 'query-awareness' },
    stored: { type: 'stored', frames: 300 },
    refused: { type: 'refused', frame: 2, code: 'forbidden', paths: ['answers/303'] },
  } as const;

  it.each(Object.entries(messages))('[EX23] %s keeps to its bytes and reads back', (name, message) => {
    const bytes = encodeRoomMessage(message);
    expect(hex(bytes)).toBe(frames.room[name as keyof typeof messages]);
    expect(decodeRoomMessage(bytes)).toEqual({ ok: true, value: message });
    expect(decodeRoomMessage(new Uint8Array([...bytes, 1])).ok).toBe(false);
  });
});

describe('document names', () => {
  it('[EX40] are a known kind and an opaque id', () => {
    expect(parseDocumentName('household/a1-b2')).toMatchObject({
      ok: true,
      value: { kind: 'household', id: 'a1-b2' },
    });
    for (const name of [
      'household/',
      '/x',
      'household',
      'household/A',
      'household/../x',
      'other/x',
      5,
      null,
      'toString/x',
    ]) {
      expect(parseDocumentName(name).ok, String(name)).toBe(false);
    }
  });
});
