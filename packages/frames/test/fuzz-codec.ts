/**
 * Bytes that are almost frames: true ones with bits turned, cut, joined and repeated, and noise. Every reader of the
 * codec is given them, none may throw, and what is read must be what is written again.
 */

import {
  readAgentNote,
  readFrameAck,
  readFrameAdmission,
  readFrameClose,
  readFrameHeader,
  readIntentHeader,
  readVisitorNote,
  writeFrameAck,
  writeFrameHeader,
  writeIntentHeader,
  writeNote,
} from '@alongside/protocol';
import { readResume, readWant, writeResume, writeWant } from '../src/agent-request.js';
import type { Bytes } from '../src/bytes.js';
import { concatBytes, equalBytes, fromJson, toBase64url, utf8 } from '../src/bytes.js';
import { DeflateStream } from '../src/deflate.js';
import { readBody, writeBodies } from '../src/frame-body.js';
import { readHello, writeHello } from '../src/hello.js';
import { InflateStream, inflateWhole } from '../src/inflate.js';
import { isWithin, pageJson } from '../src/json-budget.js';
import { readGrant, writeGrant } from '../src/key-frame.js';
import { PartAssembler } from '../src/part-assembler.js';
import type { Random } from './random-events.js';
import { seededRandom } from './random-events.js';

const LIMITS = { payloadBytes: 4_096, plainBytes: 16_384 };
const LONGEST = 600;

export interface Fuzzed {
  readonly inputs: number;
  /** How many were taken for what they are, by reader. */
  readonly met: Readonly<Record<string, number>>;
  /** The first input that broke a rule, in base64url, and the rule. */
  readonly broken: string | undefined;
}

type Reader = (bytes: Bytes) => string | undefined;

/** Gives each of so many inputs to every reader. */
export function fuzzCodec(seed: number, inputs: number): Fuzzed {
  const random = seededRandom(seed);
  const corpus = trueBytes();
  const met: Record<string, number> = {};
  for (let input = 0; input < inputs; input += 1) {
    const bytes = mutate(corpus, random);
    for (const [name, read] of Object.entries(readers)) {
      if (name === 'inflate' && input % INFLATED_OF !== 0) continue;
      let rule: string | undefined;
      try {
        const outcome = read(bytes);
        if (outcome === 'taken') met[name] = (met[name] ?? 0) + 1;
        else rule = outcome;
      } catch (error) {
        rule = `threw ${String(error)}`;
      }
      if (rule !== undefined)
        return { inputs: input + 1, met, broken: `${name} ${rule}: ${toBase64url(bytes)}` };
    }
  }
  return { inputs, met, broken: undefined };
}

const assembler = new PartAssembler(LIMITS);
const TEXT = utf8('[{"type":3,"data":{"source":0,"texts":[]}}]'.repeat(8));
/** An inflater is dear to make, so that not every input is given to one. */
const INFLATED_OF = 16;

/** Each says nothing for bytes that it does not take, `taken` for those it does, or the rule that was broken. */
const readers: Readonly<Record<string, Reader>> = {
  header: (bytes) => {
    const header = readFrameHeader(bytes);
    if (header === undefined) return undefined;
    return isSame(writeFrameHeader(header), bytes);
  },
  intent: (bytes) => {
    const header = readIntentHeader(bytes);
    if (header === undefined) return undefined;
    return isSame(writeIntentHeader(header), bytes);
  },
  ack: (bytes) => {
    const ack = readFrameAck(bytes);
    if (ack === undefined) return undefined;
    // An acknowledgement is never sent again, and its flags are nobody's to read.
    const written = writeFrameAck(ack);
    return isSame(written.fill(bytes[1] ?? 0, 1, 2), bytes);
  },
  body: (bytes) => {
    const body = readBody(bytes);
    if (body === undefined) return undefined;
    if (body.payload.byteLength > bytes.byteLength) return 'is longer than the whole';
    const whole = assembler.add(body);
    const isOver =
      whole.ok && whole.value !== undefined && whole.value.bytes.byteLength > LIMITS.payloadBytes;
    return isOver ? 'is put together beyond its limit' : 'taken';
  },
  hello: (bytes) => {
    const hello = readHello(bytes);
    if (hello === undefined) return undefined;
    return readHello(writeHello(1, hello))?.step === hello.step ? 'taken' : 'is read otherwise again';
  },
  grant: (bytes) => {
    const grant = readGrant(bytes);
    if (grant === undefined) return undefined;
    return isSame(writeGrant(grant), bytes);
  },
  requests: (bytes) => {
    if (!isWithin(bytes, pageJson)) return undefined;
    const value = fromJson(bytes);
    return readResume(value) === undefined && readWant(value) === undefined ? undefined : 'taken';
  },
  notes: (bytes) => {
    const text = new TextDecoder().decode(bytes);
    readFrameClose(4400 + ((bytes[0] ?? 0) % 100), text);
    const notes = [readFrameAdmission(text), readVisitorNote(text), readAgentNote(text)];
    return notes.every((note) => note === undefined) ? undefined : 'taken';
  },
  inflate: (bytes) => {
    const plain = [inflateWhole(bytes, TEXT.byteLength), new InflateStream().pull(bytes, TEXT.byteLength)];
    if (plain.some((each) => each !== undefined && each.byteLength !== TEXT.byteLength))
      return 'is not as long as it said';
    return plain.every((each) => each === undefined) ? undefined : 'taken';
  },
};

function isSame(written: Bytes, read: Bytes): string {
  return equalBytes(written, read.subarray(0, written.byteLength)) ? 'taken' : 'is not what is written again';
}

/** One true thing of every kind. */
function trueBytes(): readonly Bytes[] {
  const hash = (byte: number): Bytes => new Uint8Array(32).fill(byte);
  const place = { resend: false, slot: 3, epoch: 7, sequence: 9 } as const;
  const kinds = ['data', 'snapshot', 'asset', 'answer', 'key', 'resume', 'want'] as const;
  const deflated = new DeflateStream().push(TEXT);
  const payload = { deflated: true, plainLength: TEXT.byteLength, bytes: deflated };
  const pass = 'p'.repeat(43);
  const peer = { slot: 2, present: true, agent: '6f1c1f0e-2f55-4e7d-9a0b-000000000002' as never };
  return [
    ...kinds.map((kind) => writeFrameHeader({ ...place, kind })),
    writeIntentHeader({ ...place, kind: 'intent', intent: 'click', lease: 1, seenEpoch: 7, seenSequence: 8 }),
    writeFrameAck({ slot: 3, epoch: 7, sequence: 9, consumedBytes: 4_096 }),
    ...writeBodies(payload, 64 * 1024, 12),
    ...writeBodies({ ...payload, bytes: concatBytes(deflated, TEXT) }, 256, 12),
    writeHello(3, { step: 'commit', commit: hash(1) }),
    writeGrant({ key: hash(2), previousEpoch: 6, previousFrames: 40, snapshot: true }),
    utf8(JSON.stringify(writeResume({ from: { epoch: 7, sequence: 9 }, known: 7 }))),
    utf8(JSON.stringify(writeWant([toBase64url(hash(3))]))),
    utf8(writeNote({ protocol: 1, pass })),
    utf8(writeNote({ admitted: { role: 'agent', slot: 2 } })),
    utf8(writeNote({ peer })),
    utf8(writeNote({ behind: { slot: 2 } })),
    utf8(writeNote({ cut: { epoch: 7 } })),
    deflated,
  ];
}

function mutate(corpus: readonly Bytes[], random: Random): Bytes {
  let bytes = pick(corpus, random).slice();
  const changes = Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) bytes = changed(bytes, corpus, random);
  return bytes.slice(0, LONGEST);
}

function changed(bytes: Bytes, corpus: readonly Bytes[], random: Random): Bytes {
  const at = Math.floor(random() * (bytes.byteLength + 1));
  const roll = Math.floor(random() * 6);
  if (roll === 0) return bytes.slice(0, at);
  if (roll === 1) return concatBytes(bytes.subarray(0, at), pick(corpus, random).subarray(at));
  if (roll === 2) return concatBytes(bytes.subarray(0, at), bytes.subarray(Math.floor(at / 2)));
  if (roll === 3) return concatBytes(bytes, noise(Math.floor(random() * 40), random));
  const copy = bytes.slice();
  if (roll === 4) copy.set(noise(Math.min(4, copy.byteLength - Math.min(at, copy.byteLength)), random), at);
  else if (at < copy.byteLength) copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  return copy;
}

function noise(length: number, random: Random): Bytes {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

function pick<T>(all: readonly T[], random: Random): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('There is nothing to pick from.');
  return one;
}
