import type { LogSize } from '../records.ts';
import { integer, text, type Row } from './row.ts';

const BACK = 'UNION ALL SELECT log.prev FROM chain JOIN log ON log.seq = chain.seq WHERE log.prev > ?2';
/** The numbers of a document's rows after one, following the chain back from the latest. Values: name, after. */
export const CHAIN = `WITH RECURSIVE chain (seq) AS (
    SELECT last_seq FROM document WHERE name = ?1 AND last_seq > ?2 ${BACK}
  )`;
/** The same back from another row of the document. Values: name, after, up to. */
export const CHAIN_UP_TO = `WITH RECURSIVE chain (seq) AS (
    SELECT seq FROM log WHERE seq = ?3 AND document = ?1 AND seq > ?2 ${BACK}
  )`;

/** Sizes of the rows after one, oldest first. Values: name, after. Only what came out of a device's own log has marks. */
export const LOG_SIZES = `${CHAIN} SELECT log.seq, first, bytes, CASE marks WHEN '[]' THEN '' ELSE device END AS device FROM chain CROSS JOIN log ON log.seq = chain.seq
  ORDER BY log.seq`;

/** Bytes of the rows after one, oldest first. Values: name, after. */
export const LOG_UPDATES = `${CHAIN} SELECT "update" FROM chain CROSS JOIN log ON log.seq = chain.seq ORDER BY log.seq`;

const ROWS = `SELECT log.*, packed FROM chain CROSS JOIN log ON log.seq = chain.seq
  LEFT JOIN authorship ON authorship.document = log.document AND first_seq = first AND last_seq = log.seq
  ORDER BY log.seq`;
/** All of the rows after one with their packed authors, oldest first. Values: name, after. */
export const LOG_ROWS = `${CHAIN} ${ROWS}`;
/** The same up to a row. Values: name, after, up to. */
export const LOG_ROWS_UP_TO = `${CHAIN_UP_TO} ${ROWS}`;

export function toLogSize(row: Row): LogSize {
  return {
    seq: integer(row, 'seq'),
    first: integer(row, 'first'),
    bytes: integer(row, 'bytes'),
    device: text(row, 'device'),
  };
}
