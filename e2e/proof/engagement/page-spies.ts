/** What a run adds to a browser's pages so that it can misuse their sockets and hear and see its own canaries. */

import type { BrowserContext, Page } from '@playwright/test';
import { runFirstInWorkers } from './first-in-workers.js';

/** Where each thread of a page keeps its sockets for the run. */
export const SOCKETS = 'proofSockets';
/** Where each of them keeps the code that it was closed with. */
const CLOSING = 'proofClosedWith';

export interface MediaCanaries {
  /** In hertz, one after the other and from the beginning again. */
  readonly tones: readonly number[];
  readonly toneSeconds: number;
  /** Whether each is dark, line by line. */
  readonly squares: readonly boolean[];
  readonly across: number;
}

/** Has to come before the first page of the context. */
export async function keepSockets(context: BrowserContext, streamName: string | undefined): Promise<void> {
  const given = { sockets: SOCKETS, closing: CLOSING, streamName };
  await context.addInitScript(keepSocketsOfThread, given);
  await runFirstInWorkers(context, `(${keepSocketsOfThread.toString()})(${JSON.stringify(given)});`);
}

/** The microphone plays one tone for each character, the camera shows one square for each of its bits. */
export async function speakInCanaries(context: BrowserContext, canaries: MediaCanaries): Promise<void> {
  await context.addInitScript(replaceDevices, canaries);
}

export type Misuse =
  | {
      readonly kind: 'bytes';
      readonly header: readonly number[];
      readonly text: string;
      readonly length?: number;
    }
  | { readonly kind: 'text'; readonly text: string };

/** A page's own, or that of a worker of it. */
type Thread = Pick<Page, 'evaluate'>;

/** A socket that something was sent over. */
export interface UsedSocket {
  readonly thread: Thread;
  /** Among those that the thread keeps. */
  readonly place: number;
}

/** The worker that seals holds the sockets for frames, where the page allows one. */
export function threadsOf(page: Page): readonly Thread[] {
  return [...page.workers(), page];
}

/** Sends something over the newest open socket of that path, and says which; undefined when there is none. */
export async function sendOver(page: Page, path: string, misuse: Misuse): Promise<UsedSocket | undefined> {
  for (const thread of threadsOf(page)) {
    const place = await thread.evaluate(sendOverSocket, { sockets: SOCKETS, path, misuse });
    if (place !== undefined) return { thread, place };
  }
  return undefined;
}

/** With which code a socket was closed that something was sent over; undefined while it is not. */
export function closedWith({ thread, place }: UsedSocket): Promise<number | undefined> {
  return thread.evaluate(readClosing, { sockets: SOCKETS, closing: CLOSING, socket: place });
}

/** How many sockets of that path the page has opened, and whether the newest one of a thread is open. */
export async function socketsOf(
  page: Page,
  path: string,
): Promise<{ readonly opened: number; readonly isOpen: boolean }> {
  const given = { sockets: SOCKETS, path };
  const each = await Promise.all(threadsOf(page).map((thread) => thread.evaluate(countSockets, given)));
  return {
    opened: each.reduce((sum, { opened }) => sum + opened, 0),
    isOpen: each.some(({ isOpen }) => isOpen),
  };
}

export interface OwnSocket {
  readonly url: string;
  /** Sent one after the other as soon as it is open. */
  readonly messages: readonly Misuse[];
}

/** A socket of the page's own making: resolves when it is closed, and says whether it was ever open. */
export function sendAlone(page: Page, own: OwnSocket): Promise<boolean> {
  return page.evaluate(sendOverOwnSocket, own);
}

/** The functions below run in the browser and stand each for itself. */

function keepSocketsOfThread(given: {
  readonly sockets: string;
  readonly closing: string;
  readonly streamName: string | undefined;
}): void {
  const kept: WebSocket[] = [];
  Reflect.set(globalThis, given.sockets, kept);
  class KeptSocket extends WebSocket {
    constructor(...made: ConstructorParameters<typeof WebSocket>) {
      super(...made);
      kept.push(this);
      this.addEventListener('close', ({ code }) => Reflect.set(this, given.closing, code));
    }
    override send(data: string | Blob | BufferSource): void {
      const named = given.streamName !== undefined && typeof data === 'string';
      super.send(named ? data.replace(/"cname":"[^"]*"/g, `"cname":"${given.streamName}"`) : data);
    }
  }
  Reflect.set(globalThis, 'WebSocket', KeptSocket);
}

function sendOverSocket(given: {
  readonly sockets: string;
  readonly path: string;
  readonly misuse: Misuse;
}): number | undefined {
  const kept = (Reflect.get(globalThis, given.sockets) ?? []) as readonly WebSocket[];
  const at = kept.findLastIndex(
    ({ url, readyState }) => new URL(url).pathname === given.path && readyState === WebSocket.OPEN,
  );
  const socket = kept[at];
  if (socket === undefined) return undefined;
  const { misuse } = given;
  if (misuse.kind === 'text') {
    socket.send(misuse.text);
    return at;
  }
  const text = new TextEncoder().encode(misuse.text);
  const bytes = new Uint8Array(Math.max(misuse.length ?? 0, misuse.header.length + text.length));
  bytes.set(misuse.header);
  // Longer ones hold it again and again, so that any part that is kept holds it whole.
  for (let at = misuse.header.length; at + text.length <= bytes.length; at += text.length)
    bytes.set(text, at);
  socket.send(bytes);
  return at;
}

function readClosing(given: {
  readonly sockets: string;
  readonly closing: string;
  readonly socket: number;
}): number | undefined {
  const kept = (Reflect.get(globalThis, given.sockets) ?? []) as readonly WebSocket[];
  const socket = kept[given.socket];
  return socket === undefined ? undefined : (Reflect.get(socket, given.closing) as number | undefined);
}

function countSockets(given: { readonly sockets: string; readonly path: string }): {
  opened: number;
  isOpen: boolean;
} {
  const kept = (Reflect.get(globalThis, given.sockets) ?? []) as readonly WebSocket[];
  const ofPath = kept.filter(({ url }) => new URL(url).pathname === given.path);
  return { opened: ofPath.length, isOpen: ofPath.at(-1)?.readyState === WebSocket.OPEN };
}

function sendOverOwnSocket(own: OwnSocket): Promise<boolean> {
  return new Promise((resolve) => {
    // Not among the page's own, which are kept.
    const Native = Object.getPrototypeOf(WebSocket) as typeof WebSocket;
    const socket = new Native(own.url);
    const end = setTimeout(() => socket.close(), 3_000);
    let wasOpen = false;
    socket.addEventListener('open', () => {
      wasOpen = true;
      for (const message of own.messages) {
        if (message.kind === 'text') socket.send(message.text);
        else socket.send(new Uint8Array([...message.header, ...new TextEncoder().encode(message.text)]));
      }
    });
    socket.addEventListener('close', () => {
      clearTimeout(end);
      resolve(wasOpen);
    });
  });
}

function replaceDevices({ tones, toneSeconds, squares, across }: MediaCanaries): void {
  if (navigator.mediaDevices === undefined) return;
  const toneTrack = (): MediaStreamTrack | undefined => {
    const context = new AudioContext();
    const oscillator = context.createOscillator();
    const startedAt = context.currentTime;
    for (let tone = 0; tone < 6_000; tone += 1) {
      oscillator.frequency.setValueAtTime(tones[tone % tones.length] ?? 0, startedAt + tone * toneSeconds);
    }
    const out = context.createMediaStreamDestination();
    oscillator.connect(out);
    oscillator.start();
    return out.stream.getAudioTracks()[0];
  };
  const squaresTrack = (): MediaStreamTrack | undefined => {
    const side = 20;
    const canvas = Object.assign(document.createElement('canvas'), {
      width: across * side,
      height: (squares.length / across) * side,
    });
    const context = canvas.getContext('2d');
    const draw = (): void => {
      for (const [square, isDark] of squares.entries()) {
        // No two pictures are the same, so that each of them is sent.
        const shade = Math.floor(Math.random() * 40) + (isDark ? 0 : 215);
        if (context !== null) context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
        context?.fillRect((square % across) * side, Math.floor(square / across) * side, side, side);
      }
    };
    draw();
    setInterval(draw, 50);
    return canvas.captureStream(20).getVideoTracks()[0];
  };
  const getUserMedia = async (wanted: MediaStreamConstraints = {}): Promise<MediaStream> => {
    const tracks = [wanted.audio ? toneTrack() : undefined, wanted.video ? squaresTrack() : undefined];
    return new MediaStream(tracks.filter((track) => track !== undefined));
  };
  Reflect.set(navigator.mediaDevices, 'getUserMedia', getUserMedia);
}
