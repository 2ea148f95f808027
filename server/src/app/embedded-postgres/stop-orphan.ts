/** Ends a Postgres that outlived its supervisor, which was killed and could not do so itself. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterFolder } from './data-folder.js';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { hasEnded, type ProcessMark, serversOf } from './server-process.js';

const FAST_LIMIT_MS = 10_000;
const IMMEDIATE_LIMIT_MS = 5_000;
const KILL_LIMIT_MS = 5_000;

/**
 * Only for a data folder whose supervisor is known to be gone: `startEmbeddedPostgres` makes sure of that with
 * the folder's lock. Returns whether a server was found.
 */
export async function stopOrphan({ dataDir }: { readonly dataDir: string }): Promise<boolean> {
  const cluster = clusterFolder(dataDir);
  const servers = await serversOf(cluster);
  for (const server of servers) await stopServer(server);
  // A server that was killed itself leaves its file behind. Its process number may belong to another program
  // by now, and Postgres would then refuse to start; nothing works in the folder any more, so it may go.
  if ((await serversOf(cluster)).length === 0) await rm(join(cluster, 'postmaster.pid'), { force: true });
  return servers.length > 0;
}

/** Fast shutdown first (checkpoint, no waiting for clients), then without a checkpoint, then by force. */
async function stopServer(server: ProcessMark): Promise<void> {
  const steps: readonly [NodeJS.Signals, number][] = [
    ['SIGINT', FAST_LIMIT_MS],
    ['SIGQUIT', IMMEDIATE_LIMIT_MS],
    ['SIGKILL', KILL_LIMIT_MS],
  ];
  for (const [signal, limitMs] of steps) {
    if (await hasEnded(server, 0)) return;
    sendSignal(server.pid, signal);
    if (await hasEnded(server, limitMs)) return;
  }
  throw new EmbeddedPostgresFailure(
    'dataFolderInUse',
    `process ${server.pid} of an earlier start cannot be ended`,
  );
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal, or belongs to another account: the wait that follows tells.
  }
}
