/** The few messages of STUN by which a TURN server is asked what it is, in bytes (RFC 8489, RFC 8656). */

export type StunQuestion = 'binding' | 'allocate';

/** The length of a header, which is also the whole of the shortest message. */
export const STUN_HEADER_BYTES = 20;
export const TRANSACTION_BYTES = 12;

const MAGIC_COOKIE = 0x2112_a442;
const METHODS: Readonly<Record<StunQuestion, number>> = { binding: 0x0001, allocate: 0x0003 };
const SUCCESS = 0x0100;
const ERROR = 0x0110;
const SOFTWARE = 0x8022;
const REQUESTED_TRANSPORT = 0x0019;
const UDP = 17;
/** The standard allows fewer than so many characters, of four bytes at most. */
const MOST_SOFTWARE_BYTES = 763;

export interface StunAnswer {
  /** What the server says it is; nothing where it does not say. */
  readonly software: string | undefined;
}

export function stunRequest(question: StunQuestion, transaction: Uint8Array): Buffer {
  const attributes = question === 'allocate' ? [requestedTransport()] : [];
  const body = Buffer.concat(attributes);
  const header = Buffer.alloc(STUN_HEADER_BYTES);
  header.writeUInt16BE(METHODS[question], 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  header.set(transaction.subarray(0, TRANSACTION_BYTES), 8);
  return Buffer.concat([header, body]);
}

/** How long the message is that begins here, as its header says; undefined while the header is not whole. */
export function stunLength(bytes: Buffer): number | undefined {
  return bytes.length < STUN_HEADER_BYTES ? undefined : STUN_HEADER_BYTES + bytes.readUInt16BE(2);
}

/** The answer to the request with this transaction, a refusal included; undefined for anything else. */
export function readStunAnswer(bytes: Buffer, transaction: Uint8Array): StunAnswer | undefined {
  if (stunLength(bytes) !== bytes.length || bytes.length % 4 !== 0) return undefined;
  if (bytes.readUInt32BE(4) !== MAGIC_COOKIE) return undefined;
  if (!bytes.subarray(8, STUN_HEADER_BYTES).equals(transaction)) return undefined;
  const kind = bytes.readUInt16BE(0) & 0xc110;
  if (kind !== SUCCESS && kind !== ERROR) return undefined;
  let at = STUN_HEADER_BYTES;
  while (at + 4 <= bytes.length) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    const end = at + 4 + length;
    if (end > bytes.length) return undefined;
    if (type === SOFTWARE) return { software: softwareOf(bytes.subarray(at + 4, end)) };
    at = end + ((4 - (length % 4)) % 4);
  }
  return { software: undefined };
}

function softwareOf(value: Buffer): string | undefined {
  if (value.length === 0 || value.length > MOST_SOFTWARE_BYTES) return undefined;
  return value.toString('utf8');
}

function requestedTransport(): Buffer {
  const attribute = Buffer.alloc(8);
  attribute.writeUInt16BE(REQUESTED_TRANSPORT, 0);
  attribute.writeUInt16BE(4, 2);
  attribute.writeUInt8(UDP, 4);
  return attribute;
}
