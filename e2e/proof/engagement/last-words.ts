/**
 * Frames over the visitor's admitted connection while their stop is on its way: the page's own client closes that
 * connection by itself, so it is kept open until `live` has closed it.
 */

import type { Page } from '@playwright/test';
import { SOCKETS, threadsOf } from './page-spies.js';

const WORDS = 'proofLastWords';

/** `header` is of a kind that is numbered from 0; the number is written into each. False without a connection. */
export async function holdForLastWords(
  page: Page,
  header: readonly number[],
  text: string,
): Promise<boolean> {
  const given = { sockets: SOCKETS, words: WORDS };
  const armed = threadsOf(page).map((thread) => thread.evaluate(armLastWords, { ...given, header, text }));
  if (!(await Promise.all(armed)).includes(true)) return false;
  return page.evaluate(holdStop, given);
}

/** Whether the connection has taken its last. */
export function areLastWordsOver(page: Page): Promise<boolean> {
  return page.evaluate((words) => Reflect.get(window, words) === 'over', WORDS);
}

/** The two functions below run in the browser and stand each for itself. They talk over a channel: to each its thread. */

function armLastWords(given: {
  readonly sockets: string;
  readonly words: string;
  readonly header: readonly number[];
  readonly text: string;
}): boolean {
  const kept = (Reflect.get(globalThis, given.sockets) ?? []) as readonly WebSocket[];
  const frames = kept.findLast(
    ({ url, readyState }) => new URL(url).pathname === '/frames' && readyState === WebSocket.OPEN,
  );
  if (frames === undefined) return false;
  const bytes = new Uint8Array([...given.header, ...new TextEncoder().encode(given.text)]);
  const sequence = new DataView(bytes.buffer, 8, 4);
  const channel = new BroadcastChannel(given.words);
  const mostWords = 400;
  let sent = 0;
  const say = (): void => {
    if (frames.readyState === WebSocket.OPEN && sent < mostWords) {
      sequence.setUint32(0, sent);
      frames.send(bytes);
      sent += 1;
      setTimeout(say);
    } else {
      Reflect.deleteProperty(frames, 'close');
      frames.close();
      channel.postMessage('over');
    }
  };
  channel.onmessage = ({ data }) => {
    if (data !== 'begin') return;
    say();
    channel.postMessage('begun');
  };
  frames.close = () => undefined;
  return true;
}

/** The stop leaves once the first word has, and the worker that speaks ends once its last has. */
function holdStop(given: { readonly sockets: string; readonly words: string }): boolean {
  const kept = Reflect.get(window, given.sockets) as readonly WebSocket[];
  const signals = kept.findLast(
    ({ url, readyState }) => new URL(url).pathname === '/socket.io/' && readyState === WebSocket.OPEN,
  );
  if (signals === undefined) return false;
  const channel = new BroadcastChannel(given.words);
  const send = signals.send.bind(signals);
  const { terminate } = Worker.prototype;
  const ended: Worker[] = [];
  Worker.prototype.terminate = function terminateLater() {
    ended.push(this);
  };
  const held: Parameters<typeof send>[0][] = [];
  signals.send = (data) => {
    if (held.length === 0 && !(typeof data === 'string' && data.includes('"view:stop"'))) return send(data);
    if (held.push(data) === 1) channel.postMessage('begin');
  };
  channel.onmessage = ({ data }) => {
    if (data === 'begun') {
      Reflect.deleteProperty(signals, 'send');
      for (const each of held) send(each);
    } else if (data === 'over') {
      Worker.prototype.terminate = terminate;
      for (const worker of ended) worker.terminate();
      Reflect.set(window, given.words, data);
    }
  };
  return true;
}
