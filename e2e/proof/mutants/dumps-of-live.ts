/** Leaks of `live` that hold a frame in memory, and memory that is written down or told when something fails. */

import { join } from 'node:path';
import type { Patch } from '../copy/patch.js';
import { leakInLive } from './live-plant.js';
import type { Mutant, Planting } from './mutant.js';

/** A string of the program's, as of bytes that were decoded once: a snapshot of the heap has no buffers in it. */
function held(name: string, atSignal: string): (planting: Planting) => readonly Patch[] {
  const code = `
    globalThis.plantedHeld = (globalThis.plantedHeld ?? '') + body.toString('base64') + ' ';
    if (!globalThis['${name}']) {
        globalThis['${name}'] = true;
        process.on('SIGUSR2', () => {
            try { ${atSignal} plantedTell('${name}', 'written'); }
            catch (error) { plantedTell('${name}', error.code ?? error.name); }
        });
    }`;
  return leakInLive({ name, frames: 6, code });
}

const HELD_OVER = `process.on('SIGUSR2', () => process.abort());`;

export const dumpsOfLive: readonly Mutant[] = [
  {
    name: 'heap-snapshot',
    title: 'A snapshot of the heap is written with a frame in it',
    place: 'live',
    plants: 'sealed',
    detector: 'dumps',
    stoppedBy: 'permission',
    short: true,
    signal: 'SIGUSR2',
    patches: (planting) => {
      const file = JSON.stringify(join(planting.places.dumps, 'Heap.heapsnapshot'));
      return held(
        'heap-snapshot',
        `process.getBuiltinModule('node:v8').writeHeapSnapshot(${file});`,
      )(planting);
    },
  },
  {
    name: 'core-on-abort',
    title: 'The process aborts with a frame in memory',
    place: 'live',
    plants: 'sealed',
    detector: 'dumps',
    stoppedBy: 'limit',
    short: false,
    alone: true,
    needs: ['cores'],
    signal: 'SIGUSR2',
    patches: held('core-on-abort', 'setImmediate(() => process.abort());'),
  },
  {
    name: 'uncaught-error',
    title: 'An error that holds a frame is caught by nobody',
    place: 'live',
    plants: 'sealed',
    detector: 'logs',
    stoppedBy: 'detected only',
    short: false,
    alone: true,
    signal: 'SIGUSR2',
    patches: held(
      'uncaught-error',
      "setImmediate(() => { throw new Error('Cannot read frame ' + globalThis.plantedHeld); });",
    ),
  },
  {
    name: 'recovery-store',
    title: "socket.io's recovery of connections keeps frames in memory, where a core finds them",
    place: 'live',
    plants: 'sealed',
    detector: 'dumps',
    stoppedBy: 'limit',
    short: false,
    alone: true,
    needs: ['cores'],
    signal: 'SIGUSR2',
    // Started with limits, `live` looks at its adapters and refuses.
    refusesStart: true,
    patches: (planting) => [
      {
        file: 'server/dist/live/create-live.js',
        find: 'const io = new Server(http.server, {',
        where: 'after',
        put: '\n        connectionStateRecovery: {},',
      },
      {
        file: 'server/dist/live/create-live.js',
        find: "const agentNamespace = io.of('/agent');",
        where: 'after',
        put: '\n    globalThis.plantedAgents = agentNamespace;',
      },
      ...leakInLive({
        name: 'recovery-store',
        frames: 6,
        code: `globalThis.plantedAgents.emit('page', body.toString('base64')); if (!globalThis.plantedEnd) { globalThis.plantedEnd = true; ${HELD_OVER} }`,
      })(planting),
    ],
    lifted: () => [
      {
        file: 'server/dist/live/gateway/in-memory-adapter.js',
        find: 'if (adapter.constructor === inMemory)',
        where: 'instead',
        put: 'if (true)',
      },
    ],
  },
];
