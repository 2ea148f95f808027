/**
 * Everything that two browsers put on the frames' WebSocket or took from it, as their own developer tools tell it:
 * the sealed bodies that must be found nowhere else, and how many there must have been.
 */

import type { FrameHeader } from '@alongside/protocol';
import { FRAME_HEADER_BYTES, INTENT_HEADER_BYTES, readFrameHeader } from '@alongside/protocol';
import type { Page, WebSocket } from '@playwright/test';
import type { SealedBody, SealedKind } from '../wanted.js';
import type { Departures } from './departures.js';
import { FrameTally } from './frame-tally.js';
import { MISUSE_EPOCH } from './misuse-epoch.js';

type Party = SealedBody['from'];

/** A frame as it was on the wire, for whoever holds its key. */
export interface SealedFrame {
  readonly header: FrameHeader;
  readonly body: SealedBody;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Steps of the key agreement and acknowledgements are not sealed, and hold nothing of a page. */
const clearKinds = new Set(['hello', 'ack']);
/** Enough of a sealed body to know it again: no two begin alike. */
const NAME_BYTES = 24;
/** An acknowledgement of socket.io to a visitor, with the number of the command. */
const ANSWER = /^43\/visitor,(\d+)(\[.*)$/s;

export class WireTap {
  readonly #frames = new Map<string, SealedFrame>();
  readonly #tallies: FrameTally[] = [];
  readonly #signals: string[] = [];
  readonly #answers = new Map<number, string>();
  readonly #departures: Departures;
  #cuts = 0;
  #toldBySender = new Set<string>();

  constructor(departures: Departures) {
    this.#departures = departures;
  }

  /** Has to come before the page opens anything. */
  follow(page: Page, party: Party): void {
    page.on('websocket', (socket) => {
      this.#departures.saw(socket.url());
      if (new URL(socket.url()).pathname === '/frames') this.#followFrames(socket, party);
      else this.#followSignals(socket, party);
    });
  }

  get frames(): readonly SealedFrame[] {
    return [...this.#frames.values()];
  }

  /** Frames that must have been sent: as many as their senders have numbered, and those that only came to light
   * where they arrived. */
  get sent(): number {
    const numbered = this.#tallies.reduce((sum, tally) => sum + tally.sent, 0);
    return numbered + (this.#frames.size - this.#toldBySender.size);
  }

  /** How often the relay has told the agent that it reads too slowly. */
  get cuts(): number {
    return this.#cuts;
  }

  /** Whether the agent's signalling has told of this text. */
  agentHeard(text: string): boolean {
    return this.#signals.some((signal) => signal.includes(text));
  }

  /** What `live` has answered to the visitor's command of this number. */
  answerTo(number: number): string | undefined {
    return this.#answers.get(number);
  }

  #followFrames(socket: WebSocket, party: Party): void {
    const tally = new FrameTally();
    this.#tallies.push(tally);
    const other = party === 'visitor' ? 'agent' : 'visitor';
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') this.#register(other, payload);
      else if (/^\{"cut":/.test(payload)) this.#cuts += 1;
    });
    socket.on('framesent', ({ payload }) => {
      const sent = typeof payload === 'string' ? undefined : this.#register(party, payload);
      if (sent === undefined) this.#departures.saw(payload);
      if (sent === undefined) return;
      // An agent who hears nothing asks again: what is sent again to the same place is no other frame.
      if (sent.header.resend && this.#toldBySender.has(sent.name)) return;
      this.#toldBySender.add(sent.name);
      tally.count(sent.header);
    });
  }

  #followSignals(socket: WebSocket, party: Party): void {
    socket.on('framesent', ({ payload }) => this.#departures.saw(payload));
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') return;
      if (party === 'agent') this.#signals.push(payload);
      const [, number, answer] = ANSWER.exec(payload) ?? [];
      if (party === 'visitor' && answer !== undefined) this.#answers.set(Number(number), answer);
    });
  }

  #register(from: Party, payload: Buffer): { name: string; header: FrameHeader } | undefined {
    const header = readFrameHeader(payload);
    if (header === undefined || clearKinds.has(header.kind) || header.epoch === MISUSE_EPOCH)
      return undefined;
    const clearBytes = header.kind === 'intent' ? INTENT_HEADER_BYTES : FRAME_HEADER_BYTES;
    if (payload.byteLength <= clearBytes) return undefined;
    const { epoch, sequence, resend } = header;
    const bytes = new Uint8Array(payload);
    const body = { from, kind: kindOf(header), epoch, sequence, bytes: bytes.subarray(clearBytes) };
    // The other browser tells of the same frame when it takes it; a resend has the body of what was sent before.
    const start = payload.toString('latin1', clearBytes, clearBytes + NAME_BYTES);
    const name = `${from} ${resend ? header.slot : ''} ${start}`;
    if (!this.#frames.has(name)) this.#frames.set(name, { header, body, bytes });
    return { name, header };
  }
}

function kindOf({ kind, resend }: FrameHeader): SealedKind {
  if (resend) return 'resend';
  return kind === 'intent' || kind === 'asset' || kind === 'key' ? kind : 'frame';
}
