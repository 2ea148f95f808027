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
            try { ${atSignal} plantedTell('${name}', 'signalled', 'done'); }
            catch (error) { plantedTell('${name}', 'signalled', plantedCode(error)); }
        });
    }
    return 'held';`;
  return leakInLive({ name, frames: 6, code });
}

export const dumpsOfLive: readonly Mutant[] = [
  {
    name: 'heap-snapshot',
    title: 'A snapshot of the heap is written with a frame in it',
    place: 'live',
    plants: 'sealed',
    detector: 'dumps',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
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
    // It aborts all the same; nothing is left of it.
    stopsWith: ['gone'],
    short: false,
    alone: true,
    needs: ['cores'],
    signal: 'SIGUSR2',
    patches: held('core-on-abort', 'process.abort();'),
  },
  {
    name: 'uncaught-error',
    title: 'An error that holds a frame is caught by nobody, and Node prints it',
    place: 'live',
    plants: 'sealed',
    detector: 'logs',
    stoppedBy: 'detected only',
    short: false,
    alone: true,
    signal: 'SIGUSR2',
    patches: (planting) => [
      // The product itself would tell it without its words.
      {
        file: 'server/dist/app/wordless-ending.js',
        find: "process.on('uncaughtException',",
        where: 'instead',
        put: "process.on('uncaughtExceptionForgotten',",
      },
      ...held(
        'uncaught-error',
        "setImmediate(() => { throw new Error('Cannot read frame ' + globalThis.plantedHeld); });",
      )(planting),
    ],
  },
  {
    name: 'recovery-store',
    title: "socket.io's recovery keeps what it sends, and `live` saves that for its next start",
    place: 'live',
    plants: 'sealed',
    detector: 'files',
    stoppedBy: 'limit',
    // Started with limits, `live` looks at its adapters.
    stopsWith: ['refusesStart'],
    short: false,
    alone: true,
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
        // Of the adapter's own store and of nothing that the leak itself has kept.
        code: `
        const agents = globalThis.plantedAgents;
        agents.emit('page', body.toString('base64'));
        const kept = agents.adapter.packets;
        if (!Array.isArray(kept) || kept.length === 0) throw { code: 'keptNothing' };
        fs.writeFileSync(${JSON.stringify(join(planting.places.temporary, 'sessions.json'))}, JSON.stringify(kept));`,
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
