/**
 * The version both ends write into the first byte of an exchange body and into the WebSocket subprotocol.
 *
 * History:
 * 1 - exchange (items up, feeds down), live rooms on the y-websocket protocol with *stored* and *refused*.
 */
export const PROTOCOL_VERSION = 1;
