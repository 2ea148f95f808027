/** One run of the server: from its start until it ends, by a call or by itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterSite } from './cluster.js';
import { clusterFolder, logFile } from './data-folder.js';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { keepPostgresLogYoung, openPostgresLog } from './postgres-log.js';
import { serverSettings } from './postgres-settings.js';
import { childEnvironment, wrap } from './run-to-end.js';

// Recovery after a crash replays the write-ahead log first, which the settings keep small.
const READY_LIMIT_MS = 60_000;
const LOOK_EACH_MS = 20;
const FAST_LIMIT_MS = 10_000;
const IMMEDIATE_LIMIT_MS = 5_000;

export interface PostgresServer {
  readonly pid: number;
  /** Settled when the process has ended, whatever the reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(site: ClusterSite, port: number): Promise<PostgresServer> {
  const child = await spawnServer(site, port);
  let gone = false;
  const leaveLog = keepPostgresLogYoung(logFile(site.dataDir));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      leaveLog();
      gone = true;
      resolve();
    });
  });
  const server = { pid: child.pid ?? 0, ended, stop: () => stopServer(child, ended) };
  const giveUpAt = performance.now() + READY_LIMIT_MS;
  while (!(await isReady(site.dataDir, server.pid))) {
    if (gone || performance.now() > giveUpAt) {
      await server.stop();
      throw new EmbeddedPostgresFailure('doesNotStart', await lastFatal(site.dataDir));
    }
    await wait(LOOK_EACH_MS);
  }
  return server;
}

async function spawnServer({ dataDir, binaries, account }: ClusterSite, port: number): Promise<ChildProcess> {
  const args = ['-D', clusterFolder(dataDir), ...serverSettings(port)];
  const run = wrap({ command: binaries.postgres, args, account });
  const log = await openPostgresLog(logFile(dataDir));
  try {
    const child = spawn(run.command, run.args, {
      env: childEnvironment(binaries.libraryFolder),
      stdio: ['ignore', log.fd, log.fd],
      cwd: '/',
      // A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then ends everything
      // in order, the database last.
      detached: true,
      ...account.identity,
    });
    child.on('error', () => undefined);
    return child;
  } finally {
    // The server has its own copy of the descriptor by now.
    await log.close();
  }
}

/** The server itself notes in this file when it accepts connections. */
async function isReady(dataDir: string, pid: number): Promise<boolean> {
  const text = await readFile(join(clusterFolder(dataDir), 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function lastFatal(dataDir: string): Promise<string> {
  const text = await readFile(logFile(dataDir), 'utf8').catch(() => '');
  const line = text.split('\n').findLast((candidate) => /FATAL|PANIC|could not|cannot/.test(candidate));
  const reason = line?.replace(/^.*?(FATAL|PANIC|LOG):\s*/, '') ?? 'it gave no reason';
  return `it does not start: ${reason}; its log is ${logFile(dataDir)}`;
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const steps: readonly [NodeJS.Signals, number][] = [
    ['SIGINT', FAST_LIMIT_MS],
    ['SIGQUIT', IMMEDIATE_LIMIT_MS],
    ['SIGKILL', Number.POSITIVE_INFINITY],
  ];
  for (const [signal, limitMs] of steps) {
    child.kill(signal);
    if (await endsWithin(ended, limitMs)) return;
  }
}

async function endsWithin(ended: Promise<void>, limitMs: number): Promise<boolean> {
  if (!Number.isFinite(limitMs)) return ended.then(() => true);
  const limit = new AbortController();
  const tooLong = wait(limitMs, false, { signal: limit.signal }).catch(() => false);
  try {
    return await Promise.race([ended.then(() => true), tooLong]);
  } finally {
    limit.abort();
  }
}
