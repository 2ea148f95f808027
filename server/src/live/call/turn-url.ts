/** The address of a TURN server, as RFC 7065 writes it, taken apart. */

export interface TurnAddress {
  readonly host: string;
  readonly port: number;
  readonly over: 'udp' | 'tcp' | 'tls';
}

const PORT = 3478;
const TLS_PORT = 5349;

/** Undefined for what is no such address; TURN over DTLS is not offered, since browsers do not speak it. */
export function readTurnUrl(url: string): TurnAddress | undefined {
  const match =
    /^(turns?):(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', six, name = '', digits, transport] = match;
  const isTls = scheme.toLowerCase() === 'turns';
  if (isTls && transport === 'udp') return undefined;
  const port = digits === undefined ? (isTls ? TLS_PORT : PORT) : Number(digits);
  if (port < 1 || port > 65_535) return undefined;
  return { host: six ?? name, port, over: isTls ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp' };
}
