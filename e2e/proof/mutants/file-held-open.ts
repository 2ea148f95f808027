/**
 * A file that is open before `live` begins, and that it hands to what it starts: neither mounts nor another account
 * keep a program out of it, so that the limit on sizes alone has to.
 */

import { join } from 'node:path';
import type { Patch } from '../copy/patch.js';
import type { Planting } from './mutant.js';

/** Of a name that `main` may give a file of its own: that it makes this one is none of the leak. */
export const HELD_OPEN = 'run/heldopen.json';
/** In `live`, behind the channel to its supervisor. */
const DESCRIPTOR = 4;

export function fileHeldOpen({ places }: Pick<Planting, 'places'>): Patch {
  const file = JSON.stringify(join(places.data, HELD_OPEN));
  const opened = `...(this.#options.name === 'live' ? [process.getBuiltinModule('node:fs').openSync(${file}, 'a', 0o600)] : [])`;
  return {
    file: 'server/dist/app/supervisor/supervised-process.js',
    find: "stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });",
    where: 'instead',
    put: `stdio: ['ignore', 'pipe', 'pipe', 'ipc', ${opened}] });`,
  };
}

/** JavaScript of `live`: a program is started that copies `input`, an expression of bytes, into that file. */
export function copiedByChild(input: string): string {
  return `await plantedRun('/bin/sh', ['-c', 'exec cat'], ${input}, ${DESCRIPTOR});`;
}
