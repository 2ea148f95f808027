/** How the provision of the media worker stands: written by the start, watched by `main`, told to `live`. */

import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const MediaWorkerStatus = v.variant('state', [
  v.object({ state: v.literal('building'), done: v.optional(Count), total: v.optional(Count) }),
  v.object({ state: v.literal('ready'), bin: v.string() }),
  v.object({ state: v.literal('unavailable'), remedy: v.optional(v.string()) }),
]);
export type MediaWorkerStatus = v.InferOutput<typeof MediaWorkerStatus>;

const LOOK_EACH_MS = 500;

/** As the start writes it; its message for a person is the remedy. */
const WrittenStatus = v.object({
  state: v.picklist(['building', 'ready', 'unavailable']),
  bin: v.optional(v.string()),
  done: v.optional(Count),
  total: v.optional(Count),
  message: v.optional(v.string()),
  command: v.optional(v.string()),
});

/** Calls back with what the file says now and whenever it changes; returns what ends the watch. */
export function watchMediaWorker(file: string, onStatus: (status: MediaWorkerStatus) => void): () => void {
  let last = '';
  const look = async (): Promise<void> => {
    const status = await readMediaWorkerStatus(file);
    const text = JSON.stringify(status);
    if (text === last) return;
    last = text;
    onStatus(status);
  };
  // The file is replaced in one step, which only looking at it by name notices.
  const listener = (): void => void look();
  watchFile(file, { interval: LOOK_EACH_MS, persistent: false }, listener);
  void look();
  return () => unwatchFile(file, listener);
}

export async function readMediaWorkerStatus(file: string): Promise<MediaWorkerStatus> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { state: 'unavailable', remedy: 'The start has left no word about it.' };
  try {
    const { output, success } = v.safeParse(WrittenStatus, JSON.parse(text));
    if (success) return statusOf(output);
  } catch {
    // Not JSON: told like any other file that says nothing.
  }
  return { state: 'unavailable', remedy: 'The word of the start about it cannot be read.' };
}

function statusOf(written: v.InferOutput<typeof WrittenStatus>): MediaWorkerStatus {
  const { state, bin, done, total, message, command } = written;
  if (state === 'ready' && bin !== undefined) return { state, bin };
  if (state === 'building') {
    return {
      state,
      ...(done === undefined ? {} : { done }),
      ...(total === undefined ? {} : { total }),
    };
  }
  const remedy = command === undefined ? message : `Run: ${command}`;
  return { state: 'unavailable', ...(remedy === undefined ? {} : { remedy }) };
}
