/** Keeps a server running: one that was killed is started again at the same address; a stop ends it for good. */
import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresServer } from './postgres-server.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** After so long a run, an end is a new event and not the next of a series. */
const SETTLED_MS = 60_000;

export interface Supervised {
  pid(): number;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly start: () => Promise<PostgresServer>;
  readonly onProgress: (progress: 'lost' | 'restarted') => void;
}

export function supervise(first: PostgresServer, { start, onProgress }: SuperviseOptions): Supervised {
  const stopping = new AbortController();
  let server = first;
  // A supervisor that ends without `stop` (an uncaught exception, process.exit) still takes the server with it;
  // only being killed leaves one behind.
  const onExit = () => signalServer(server.pid);
  process.once('exit', onExit);

  const keep = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      await server.ended;
      if (stopping.signal.aborted) return;
      onProgress('lost');
      if (performance.now() - began > SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
      const next = await startAgain({ start, pauseMs, signal: stopping.signal });
      if (!next) return;
      server = next;
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      if (!stopping.signal.aborted) onProgress('restarted');
    }
  };
  const kept = keep();

  return {
    pid: () => server.pid,
    stop: async () => {
      stopping.abort();
      await server.stop();
      // A restart may have been under way: it ends with a server that has to be stopped as well.
      await kept;
      await server.stop();
      process.removeListener('exit', onExit);
    },
  };
}

interface Restart {
  readonly start: () => Promise<PostgresServer>;
  readonly pauseMs: number;
  readonly signal: AbortSignal;
}

/** Tries until it succeeds: what prevents a start (a full disk, a port taken for a moment) may pass. */
async function startAgain({ start, pauseMs, signal }: Restart): Promise<PostgresServer | undefined> {
  for (let pause = pauseMs; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await wait(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return undefined;
    const server = await start().catch(() => undefined);
    if (server) return server;
  }
  return undefined;
}

function signalServer(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended already.
  }
}
