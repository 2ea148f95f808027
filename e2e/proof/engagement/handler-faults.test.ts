/** The handlers that get a fault are those that the code has: a new one without a fault fails here. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultPatches, handlerFaults } from './handler-faults.js';

const LIVE = join(import.meta.dirname, '../../../server/src/live');
/** A method or function with a body, with the types of what it is given. */
const METHOD = /^\s*(?:export )?(?:async )?(?:function )?(#?\w+)\(([^()]*)\)(?:: [^{;]+)? \{$/gm;
/** Bytes of a frame, in whichever wrapping. */
const HOLDS_FRAME = /^(\w+): (?:readonly )?(?:Uint8Array|Buffer|ArrayBuffer|RawData|Frame)\b/;
const CLASS = /^export class (\w+)|^class (\w+)/gm;

/** What comes along with a handshake, before anybody is admitted: the server of WebSockets reads it, and not `live`. */
const NO_FRAME = 'server/dist/live/frames/attach-frames.js FramesOnWebSockets.upgrade head';

interface Handler {
  readonly handler: string;
  readonly file: string;
  readonly value: string;
}

async function handlersIn(folder: string): Promise<readonly Handler[]> {
  const names = (await readdir(join(LIVE, folder))).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const all = names.map(async (name) => {
    const file = `server/dist/live/${folder}/${name.replace(/ts$/, 'js')}`;
    const text = await readFile(join(LIVE, folder, name), 'utf8');
    return handlersOf(text).map((handler) => ({ ...handler, file }));
  });
  return (await Promise.all(all)).flat();
}

function handlersOf(text: string): readonly Omit<Handler, 'file'>[] {
  const classes = [...text.matchAll(CLASS)].map((found) => ({
    at: found.index,
    name: found[1] ?? found[2] ?? '',
  }));
  return [...text.matchAll(METHOD)].flatMap(({ index, 1: method = '', 2: given = '' }) => {
    const value = given
      .split(',')
      .map((each) => HOLDS_FRAME.exec(each.trim())?.[1])
      .find((each) => each !== undefined);
    const within = classes.findLast(({ at }) => at < index)?.name;
    return value === undefined
      ? []
      : [{ handler: within === undefined ? method : `${within}.${method}`, value }];
  });
}

test('every handler of the relay and of its sockets that is given a frame has its fault', async () => {
  const inCode = [...(await handlersIn('relay')), ...(await handlersIn('frames'))];
  const told = ({ file, handler, value }: Handler) => `${file} ${handler} ${value}`;
  expect([...handlerFaults.map(told), NO_FRAME].sort()).toEqual(inCode.map(told).sort());
});

test('a handler is known by what it is given, however it is written down', () => {
  const text = `export class Reader {
  #open(seat: Seat, bytes: Uint8Array, now: number): number {
  async look(frame: Frame) {
  tell(note: string): void {
  send(bytes: Uint8Array): void;
  take(
    seat: Seat,
    data: RawData,
  ): Promise<void> {
`;
  expect(handlersOf(text)).toEqual([
    { handler: 'Reader.#open', value: 'bytes' },
    { handler: 'Reader.look', value: 'frame' },
    { handler: 'Reader.take', value: 'data' },
  ]);
});

test('every lane of frames and the pass is among those at which something throws', () => {
  expect(new Set(handlerFaults.map(({ lane }) => lane))).toEqual(
    new Set(['pass', 'data', 'resend', 'snapshot', 'asset', 'key', 'intent', 'ack', 'want']),
  );
  expect(faultPatches).toHaveLength(handlerFaults.length + 1);
});
