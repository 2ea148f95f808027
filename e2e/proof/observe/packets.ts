/**
 * Takes a capture in tcpdump's format apart, as it comes: each segment of TCP and each datagram of UDP, whatever
 * else there is as it is, and what a datagram of voice or picture carries.
 */

export interface Packet {
  readonly protocol: 'tcp' | 'udp' | 'other';
  /** `address:port` of each end. */
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Of TCP alone. */
  readonly sequence: number;
  readonly begins: boolean;
  readonly payload: Buffer;
}

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
const MAGIC = 0xa1b2c3d4;
const MAGIC_OF_NANOSECONDS = 0xa1b23c4d;
const ETHERNET = 1;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const TCP = 6;
const UDP = 17;
const SYN = 0x02;
const RTP_HEADER_BYTES = 12;
const RTP_VERSION = 2;
/** Types of packets that report on a stream and carry none of it (RFC 5761). */
const RTCP_TYPES = { from: 192, to: 223 } as const;

export class PacketReader {
  #rest: Buffer = Buffer.alloc(0);
  #little: boolean | undefined;

  /** Throws when the bytes are no capture of an Ethernet or loopback device. */
  *read(chunk: Buffer): Generator<Packet> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (this.#little === undefined && !this.#readFileHeader()) return;
    let at = 0;
    for (;;) {
      if (this.#rest.length < at + RECORD_HEADER_BYTES) break;
      const length = this.#number(at + 8);
      const end = at + RECORD_HEADER_BYTES + length;
      if (this.#rest.length < end) break;
      const frame = this.#rest.subarray(at + RECORD_HEADER_BYTES, end);
      yield readEthernet(frame) ?? other(frame);
      at = end;
    }
    this.#rest = this.#rest.subarray(at);
  }

  #readFileHeader(): boolean {
    if (this.#rest.length < FILE_HEADER_BYTES) return false;
    const magic = this.#rest.readUInt32LE(0);
    this.#little = magic === MAGIC || magic === MAGIC_OF_NANOSECONDS;
    if (this.#number(20) !== ETHERNET)
      throw new Error('The capture is of a kind of device that is not known.');
    this.#rest = this.#rest.subarray(FILE_HEADER_BYTES);
    return true;
  }

  #number(at: number): number {
    return this.#little ? this.#rest.readUInt32LE(at) : this.#rest.readUInt32BE(at);
  }
}

function readEthernet(frame: Buffer): Packet | undefined {
  if (frame.length < 14) return undefined;
  const type = frame.readUInt16BE(12);
  const packet = frame.subarray(14);
  if (type === IPV4) return readIpv4(packet);
  return type === IPV6 ? readIpv6(packet) : undefined;
}

/** Of no port: whoever searches it takes all of its bytes. */
function other(frame: Buffer): Packet {
  const nobody = { from: '', to: '', fromPort: 0, toPort: 0, sequence: 0, begins: false };
  return { protocol: 'other', ...nobody, payload: frame };
}

function readIpv4(packet: Buffer): Packet | undefined {
  if (packet.length < 20) return undefined;
  const headerBytes = (packet.readUInt8(0) & 0x0f) * 4;
  // A large segment that the device would have cut says nothing of its length.
  const length = packet.readUInt16BE(2) || packet.length;
  const address = (at: number) => [...packet.subarray(at, at + 4)].join('.');
  const inner = packet.subarray(headerBytes, length);
  return readTransport(packet.readUInt8(9), inner, { from: address(12), to: address(16) });
}

function readIpv6(packet: Buffer): Packet | undefined {
  if (packet.length < 40) return undefined;
  const address = (at: number) => `[${packet.toString('hex', at, at + 16)}]`;
  const length = packet.readUInt16BE(4);
  const inner = length === 0 ? packet.subarray(40) : packet.subarray(40, 40 + length);
  return readTransport(packet.readUInt8(6), inner, { from: address(8), to: address(24) });
}

function readTransport(
  protocol: number,
  bytes: Buffer,
  { from, to }: { from: string; to: string },
): Packet | undefined {
  if (bytes.length < (protocol === TCP ? 20 : 8) || (protocol !== TCP && protocol !== UDP)) return undefined;
  const [fromPort, toPort] = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
  const ends = { from: `${from}:${fromPort}`, to: `${to}:${toPort}`, fromPort, toPort };
  if (protocol === UDP) {
    return { protocol: 'udp', ...ends, sequence: 0, begins: false, payload: bytes.subarray(8) };
  }
  const headerBytes = (bytes.readUInt8(12) >> 4) * 4;
  return {
    protocol: 'tcp',
    ...ends,
    sequence: bytes.readUInt32BE(4),
    begins: (bytes.readUInt8(13) & SYN) !== 0,
    payload: bytes.subarray(headerBytes),
  };
}

/** What a datagram of RTP carries, encrypted and with its seal; undefined for any other datagram. */
export function rtpPayload(datagram: Buffer): Buffer | undefined {
  if (datagram.length < RTP_HEADER_BYTES || datagram.readUInt8(0) >> 6 !== RTP_VERSION) return undefined;
  const type = datagram.readUInt8(1);
  if (type >= RTCP_TYPES.from && type <= RTCP_TYPES.to) return undefined;
  const first = datagram.readUInt8(0);
  let start = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  const isExtended = (first & 0x10) !== 0;
  if (isExtended) {
    if (datagram.length < start + 4) return undefined;
    start += 4 + datagram.readUInt16BE(start + 2) * 4;
  }
  return start < datagram.length ? datagram.subarray(start) : undefined;
}
