/**
 * Tells a run of every encoded piece of voice and picture: in the browser that sends, before it is encrypted, and in
 * the one that receives, after it was decrypted. The media worker holds the same pieces for a packet's length.
 */

import type { BrowserContext, Page } from '@playwright/test';
import type { MediaBody } from '../wanted.js';

/** Where a page keeps what its calls have encoded and decoded. */
const KEPT = 'proofMedia';
/** Of Base64 in one answer of the browser. */
const ANSWER_PIECES = 500;

interface Piece {
  readonly way: MediaBody['way'];
  readonly kind: 'voice' | 'picture';
  readonly bytes: string;
}

export interface CallHeard {
  readonly bodies: readonly MediaBody[];
  /** Where `live` takes and gives media, as it has offered them to this browser. */
  readonly ports: readonly number[];
}

/** Has to come before the first page of the context. */
export async function spyOnCalls(context: BrowserContext): Promise<void> {
  await context.addInitScript(spyOnConnections, KEPT);
}

export async function readCall(page: Page, who: MediaBody['who']): Promise<CallHeard> {
  const bodies: MediaBody[] = [];
  for (let from = 0; ; from += ANSWER_PIECES) {
    const pieces = await page.evaluate(readPieces, { kept: KEPT, from, to: from + ANSWER_PIECES });
    for (const { bytes, ...piece } of pieces)
      bodies.push({ who, ...piece, bytes: Buffer.from(bytes, 'base64') });
    if (pieces.length < ANSWER_PIECES) break;
  }
  return { bodies, ports: await page.evaluate(readPorts, KEPT) };
}

/** The functions below run in the browser and stand each for itself. */

function spyOnConnections(kept: string): void {
  interface Heard {
    readonly pieces: { way: string; kind: string; data: Uint8Array }[];
    readonly ports: Set<number>;
  }
  interface Tapped {
    createEncodedStreams?(): { readable: ReadableStream; writable: WritableStream };
  }
  if (typeof RTCPeerConnection !== 'function') return;
  const heard: Heard = { pieces: [], ports: new Set() };
  Reflect.set(window, kept, heard);
  const tap = (end: object, way: string, kind: string): void => {
    const { readable, writable } = (end as Tapped).createEncodedStreams?.() ?? {};
    if (readable === undefined || writable === undefined) return;
    const copy = new TransformStream({
      transform(frame: { readonly data: ArrayBuffer }, onwards) {
        heard.pieces.push({ way, kind, data: new Uint8Array(frame.data.slice(0)) });
        onwards.enqueue(frame);
      },
    });
    // It ends with the track.
    readable
      .pipeThrough(copy)
      .pipeTo(writable)
      .catch(() => undefined);
  };
  const called = (kind: string): string => (kind === 'audio' ? 'voice' : 'picture');
  class SpiedConnection extends RTCPeerConnection {
    constructor(configuration: RTCConfiguration = {}) {
      super(Object.assign({}, configuration, { encodedInsertableStreams: true }));
      this.addEventListener('track', ({ receiver, track }) => tap(receiver, 'received', called(track.kind)));
    }
    override addTransceiver(...given: Parameters<RTCPeerConnection['addTransceiver']>): RTCRtpTransceiver {
      const transceiver = super.addTransceiver(...given);
      const [what] = given;
      tap(transceiver.sender, 'sent', called(typeof what === 'string' ? what : what.kind));
      return transceiver;
    }
    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      for (const [, port] of (description.sdp ?? '').matchAll(/^a=candidate:\S+ 1 udp \d+ \S+ (\d+) /gim)) {
        heard.ports.add(Number(port));
      }
      await super.setRemoteDescription(description);
    }
  }
  Reflect.set(window, 'RTCPeerConnection', SpiedConnection);
}

function readPieces(asked: { readonly kept: string; readonly from: number; readonly to: number }): Piece[] {
  const heard = Reflect.get(window, asked.kept) as {
    readonly pieces: readonly { way: Piece['way']; kind: Piece['kind']; data: Uint8Array }[];
  };
  return heard.pieces.slice(asked.from, asked.to).map(({ way, kind, data }) => {
    let text = '';
    for (const byte of data) text += String.fromCharCode(byte);
    return { way, kind, bytes: btoa(text) };
  });
}

function readPorts(kept: string): number[] {
  return [...(Reflect.get(window, kept) as { readonly ports: ReadonlySet<number> }).ports];
}
