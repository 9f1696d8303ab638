/**
 * The version both ends write into the first byte of an exchange or audit body. The WebSocket subprotocols carry a version of
 * their own, since live frames change for other reasons.
 *
 * History:
 * 1 - exchange (items up, feeds down), live rooms on the y-websocket protocol with *stored* and *refused*.
 * 2 - exchange items carry flags (compact updates, structs of others that the sender vouches for), time marks are grouped by
 *     client id, a request may ask for whole documents and say how long an answer may be, an answer says whether the relay
 *     recovers from a backup; audit messages. Live frames are those of version 1.
 * 3 - a request says up to which number of the relay's ledger the device knows what was erased, an answer tells of what came
 *     after. Live frames are those of version 1.
 */
export const PROTOCOL_VERSION = 3;
