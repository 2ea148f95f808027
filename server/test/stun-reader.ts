/** What a message of STUN holds, and addresses as they are masked in it (RFC 8489). */

export interface StunPlace {
  readonly address: string;
  readonly port: number;
}

const HEADER_BYTES = 20;
/** By the cookie that the transaction begins with. */
const PORT_MASK = 0x2112;

export function stunAttributes(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let at = HEADER_BYTES; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2);
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return attributes;
}

/** An address of IPv4 as the message with this transaction carries it. */
export function maskedPlace({ address, port }: StunPlace, transaction: Buffer): Buffer {
  return maskedBytes(Buffer.from(address.split('.').map(Number)), port, transaction);
}

export function maskedBytes(address: Buffer, port: number, transaction: Buffer): Buffer {
  const head = Buffer.from([0, address.length === 4 ? 1 : 2, 0, 0]);
  head.writeUInt16BE(port ^ PORT_MASK, 2);
  return Buffer.concat([head, unmasked(address, transaction)]);
}

/** An address of IPv4 that such a message has carried. */
export function placeIn(masked: Buffer, transaction: Buffer): StunPlace {
  const address = [...unmasked(masked.subarray(4, 8), transaction)].join('.');
  return { address, port: masked.readUInt16BE(2) ^ PORT_MASK };
}

function unmasked(address: Buffer, transaction: Buffer): Buffer {
  return address.map((byte, index) => byte ^ (transaction[index] ?? 0)) as Buffer;
}
