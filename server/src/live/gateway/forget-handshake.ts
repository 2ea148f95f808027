/**
 * Forgets what a client said to be let in: its ticket or pass, its headers and its address, which socket.io would
 * keep for as long as the connection lasts.
 */

import type { Socket } from 'socket.io';

const NOTHING: Record<string, never> = Object.freeze({});
const NO_LINES: string[] = [];

/** Call it once everything that asks for them has been answered. */
export function forgetHandshake({ handshake, request }: Pick<Socket, 'handshake' | 'request'>): void {
  Object.assign(handshake, {
    headers: NOTHING,
    auth: NOTHING,
    query: NOTHING,
    url: '',
    time: '',
    address: '',
  });
  // `_query` is what socket.io has read of the address.
  Object.assign(request, { headers: NOTHING, rawHeaders: NO_LINES, url: '', _query: NOTHING });
}
