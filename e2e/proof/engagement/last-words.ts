/**
 * Frames over the visitor's admitted connection while their stop is on its way: the page's own client closes that
 * connection by itself, so it is kept open until `live` has closed it.
 */

import type { Page } from '@playwright/test';
import { SOCKETS } from './page-spies.js';

const WORDS = 'proofLastWords';

export interface LastWords {
  /** How many were sent after the command that stops, and whether the connection has taken its last. */
  readonly sent: number;
  readonly isOver: boolean;
}

/** `header` is of a kind that is numbered from 0; the number is written into each. False without a connection. */
export function holdForLastWords(page: Page, header: readonly number[], text: string): Promise<boolean> {
  return page.evaluate(armLastWords, { sockets: SOCKETS, words: WORDS, header, text });
}

export function lastWords(page: Page): Promise<LastWords> {
  return page.evaluate((words) => Reflect.get(window, words) as LastWords, WORDS);
}

/** Runs in the browser and stands for itself. */
function armLastWords(given: {
  readonly sockets: string;
  readonly words: string;
  readonly header: readonly number[];
  readonly text: string;
}): boolean {
  const kept = Reflect.get(window, given.sockets) as readonly WebSocket[];
  const newest = (path: string) =>
    kept.findLast(({ url, readyState }) => new URL(url).pathname === path && readyState === WebSocket.OPEN);
  const [frames, signals] = [newest('/frames'), newest('/socket.io/')];
  if (frames === undefined || signals === undefined) return false;
  const words = { sent: 0, isOver: false };
  Reflect.set(window, given.words, words);
  const bytes = new Uint8Array([...given.header, ...new TextEncoder().encode(given.text)]);
  const sequence = new DataView(bytes.buffer, 8, 4);
  const mostWords = 400;
  const say = (): void => {
    if (frames.readyState === WebSocket.OPEN && words.sent < mostWords) {
      sequence.setUint32(0, words.sent);
      frames.send(bytes);
      words.sent += 1;
      setTimeout(say);
    } else {
      words.isOver = true;
      Reflect.deleteProperty(frames, 'close');
      frames.close();
    }
  };
  const send = signals.send.bind(signals);
  let hasStopped = false;
  signals.send = (data) => {
    send(data);
    if (hasStopped || typeof data !== 'string' || !data.includes('"view:stop"')) return;
    hasStopped = true;
    say();
  };
  frames.close = () => undefined;
  return true;
}
