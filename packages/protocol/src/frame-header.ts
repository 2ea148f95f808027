/**
 * The clear header in front of every frame and intent: all that the relay ever reads.
 *
 * Layout, big-endian, 12 bytes: kind u8 · flags u8 · slot u16 · epoch u32 · sequence u32. An intent carries
 * 16 more: intent kind u8 · zero u8 · zero u16 · lease u32 · seen epoch u32 · seen sequence u32. What
 * follows is the body: sealed for every kind except `hello` and `ack`, which hold no page content.
 *
 * `slot` names an agent's place at the relay: for frames of the visitor it is the recipient (0 = every
 * watching agent), for frames of an agent it is the sender, as told at admission.
 *
 * `epoch` is the key under which the sender sealed. Numbers say nothing about order: a page load starts at a
 * random one, and whoever comes back on a new connection starts at sequence 0 under a key of its own. What the
 * relay may ask of unflagged frames of one connection and lane is therefore: the same epoch and the next
 * sequence, or another epoch and sequence 0. The direct lane of the visitor is one counter over all slots.
 *
 * A position (`seenEpoch` and `seenSequence`, and those of an `ack`) counts stream frames: sequence n means
 * that the first n frames of the epoch were read, so that 0 is "its snapshot and nothing else".
 */

export const FRAME_HEADER_BYTES = 12;
export const INTENT_HEADER_BYTES = 28;
export const ACK_BYTES = 16;

/** Which counter a kind's sequence belongs to; each (sender, epoch, lane) counts from 0 without a gap. */
export type FrameLane = 'stream' | 'direct' | 'none';

export type FrameKind =
  /** Visitor: a batch of page events, one deflate stream per epoch, to everybody (slot 0). */
  | 'data'
  /** Visitor: a full snapshot, deflated on its own, to one agent. */
  | 'snapshot'
  /** Visitor: one image, font or style that the page needs, content-addressed. */
  | 'asset'
  /** Visitor: what became of an intent, to the agent who sent it. */
  | 'answer'
  /** Either side: the sender's epoch key, wrapped for the peer in the slot. */
  | 'key'
  /** Either side: a step of the key agreement (commit, answer, reveal, continuity); clear, small. */
  | 'hello'
  /** Agent: how far it has read; consumed by the relay, never forwarded. */
  | 'ack'
  /** Agent: asks for the ring from (epoch, sequence) on, or for a snapshot when the ring is too short. */
  | 'resume'
  /** Agent: point, draw, scroll, click, type or navigate. */
  | 'intent'
  /** Agent: asks for assets by their hash. */
  | 'want';

export type IntentKind = 'point' | 'draw' | 'scroll' | 'click' | 'type' | 'navigate';

const kindCodes = {
  data: 1,
  snapshot: 2,
  asset: 3,
  answer: 4,
  key: 5,
  hello: 6,
  ack: 33,
  resume: 34,
  intent: 35,
  want: 36,
} as const satisfies Record<FrameKind, number>;

const intentCodes = {
  point: 1,
  draw: 2,
  scroll: 3,
  click: 4,
  type: 5,
  navigate: 6,
} as const satisfies Record<IntentKind, number>;

const kindOfCode = new Map<number, FrameKind>(
  (Object.keys(kindCodes) as FrameKind[]).map((kind) => [kindCodes[kind], kind]),
);
const intentOfCode = new Map<number, IntentKind>(
  (Object.keys(intentCodes) as IntentKind[]).map((kind) => [intentCodes[kind], kind]),
);

/** The frame is a repetition out of the sender's ring: the relay does not apply "next" to it. */
export const RESEND_FLAG = 0x01;
const KNOWN_FLAGS = RESEND_FLAG;

const lanes = {
  data: 'stream',
  snapshot: 'direct',
  asset: 'direct',
  answer: 'direct',
  key: 'none',
  hello: 'none',
  ack: 'none',
  resume: 'direct',
  intent: 'direct',
  want: 'direct',
} as const satisfies Record<FrameKind, FrameLane>;

/** The counter that a kind belongs to. */
export function frameLane(kind: FrameKind): FrameLane {
  return lanes[kind];
}

export interface FrameHeader {
  readonly kind: FrameKind;
  readonly resend: boolean;
  readonly slot: number;
  readonly epoch: number;
  readonly sequence: number;
}

export interface IntentHeader extends FrameHeader {
  readonly kind: 'intent';
  readonly intent: IntentKind;
  readonly lease: number;
  readonly seenEpoch: number;
  readonly seenSequence: number;
}

/** Reads the clear header; undefined when the bytes are no frame of this protocol. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader | undefined {
  if (bytes.byteLength < FRAME_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kindOfCode.get(view.getUint8(0));
  const flags = view.getUint8(1);
  if (kind === undefined || (flags & ~KNOWN_FLAGS) !== 0) return undefined;
  return {
    kind,
    resend: (flags & RESEND_FLAG) !== 0,
    slot: view.getUint16(2),
    epoch: view.getUint32(4),
    sequence: view.getUint32(8),
  };
}

/** Reads an intent's longer clear header; undefined when it is not a well-formed intent. */
export function readIntentHeader(bytes: Uint8Array): IntentHeader | undefined {
  const header = readFrameHeader(bytes);
  if (header === undefined || header.kind !== 'intent' || bytes.byteLength < INTENT_HEADER_BYTES) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const intent = intentOfCode.get(view.getUint8(12));
  if (intent === undefined || view.getUint8(13) !== 0 || view.getUint16(14) !== 0) return undefined;
  return {
    ...header,
    kind: 'intent',
    intent,
    lease: view.getUint32(16),
    seenEpoch: view.getUint32(20),
    seenSequence: view.getUint32(24),
  };
}

/** Writes the header of any kind but `intent`. */
export function writeFrameHeader(header: FrameHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES);
  writeInto(new DataView(bytes.buffer), header);
  return bytes;
}

/** Writes the longer header of an intent. */
export function writeIntentHeader(header: IntentHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(INTENT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  writeInto(view, header);
  view.setUint8(12, intentCodes[header.intent]);
  view.setUint32(16, header.lease);
  view.setUint32(20, header.seenEpoch);
  view.setUint32(24, header.seenSequence);
  return bytes;
}

/** How far an agent has read: a position in the stream, and every byte of frames on this connection. */
export interface FrameAck {
  readonly slot: number;
  readonly epoch: number;
  readonly sequence: number;
  /**
   * Bytes of binary messages handled since admission, modulo 2^32. What the relay has forwarded on the
   * connection less this number is what the agent still owes, whatever the lanes and epochs.
   */
  readonly consumedBytes: number;
}

/** Writes an ack: the header, and the count of bytes as its body. */
export function writeFrameAck(ack: FrameAck): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ACK_BYTES);
  const view = new DataView(bytes.buffer);
  writeInto(view, { ...ack, kind: 'ack', resend: false });
  view.setUint32(12, ack.consumedBytes >>> 0);
  return bytes;
}

/** Reads an ack; undefined when the bytes are none. */
export function readFrameAck(bytes: Uint8Array): FrameAck | undefined {
  const header = readFrameHeader(bytes);
  if (header === undefined || header.kind !== 'ack' || bytes.byteLength !== ACK_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    slot: header.slot,
    epoch: header.epoch,
    sequence: header.sequence,
    consumedBytes: view.getUint32(12),
  };
}

function writeInto(view: DataView, header: FrameHeader): void {
  view.setUint8(0, kindCodes[header.kind]);
  view.setUint8(1, header.resend ? RESEND_FLAG : 0);
  view.setUint16(2, header.slot);
  view.setUint32(4, header.epoch);
  view.setUint32(8, header.sequence);
}
