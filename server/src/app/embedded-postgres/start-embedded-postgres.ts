/** The Postgres that a start without DATABASE_URL brings along: its own data folder, its own server, on loopback. */
import type { Account } from './account.js';
import { chooseAccount } from './choose-account.js';
import { type ClusterSite, DATABASE, prepareCluster, ROLES } from './cluster.js';
import { libraryFolder, lockDataFolder } from './data-folder.js';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { findFreePort } from './free-port.js';
import type { DatabaseRole } from './passwords.js';
import { linkPostgresBinaries } from './postgres-binaries.js';
import { type PostgresServer, startServer } from './postgres-server.js';
import { makeFolder } from './private-folder.js';
import { runToEnd } from './run-to-end.js';
import { stopOrphan } from './stop-orphan.js';
import { supervise } from './supervise-server.js';

export type PostgresProgress = 'creating' | 'recovering' | 'ready' | 'lost' | 'restarted';

export interface EmbeddedPostgresOptions {
  /** Made if absent, and given to this process alone as long as it runs. Absolute. */
  readonly dataDir: string;
  /** For a restart at the same address; a free one is found otherwise. */
  readonly port?: number;
  /** As which account the server runs; by default one that is not root is found. */
  readonly account?: Account;
  readonly onProgress?: (progress: PostgresProgress) => void;
}

export interface EmbeddedPostgres {
  /** Holds a password: for a connection, never for a log. */
  url(role?: DatabaseRole): string;
  readonly port: number;
  /** Of the server as it runs now; it changes when a server that was killed is started again. */
  pid(): number;
  stop(): Promise<void>;
}

const PORT_ATTEMPTS = 5;

/** Throws `EmbeddedPostgresFailure` with a message for a person when Postgres cannot run here. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onProgress = () => undefined } = options;
  const account = options.account ?? (await chooseAccount());
  await makeDataFolder(dataDir, account.owner);
  const unlock = await lockDataFolder(dataDir);
  try {
    if (await stopOrphan({ dataDir })) onProgress('recovering');
    const binaries = await linkPostgresBinaries(libraryFolder(dataDir), account.owner);
    const site = { dataDir, binaries, account };
    await checkBinaries(site);
    const passwords = await prepareCluster(site, () => onProgress('creating'));
    const { server, port } = await startOnPort(site, options.port);
    onProgress('ready');
    const supervised = supervise(server, { start: () => restart(site, port), onProgress });
    return {
      port,
      pid: supervised.pid,
      url: (role = 'owner') => `postgres://${ROLES[role]}:${passwords[role]}@127.0.0.1:${port}/${DATABASE}`,
      stop: () => supervised.stop().finally(unlock),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function makeDataFolder(dataDir: string, owner: ClusterSite['account']['owner']): Promise<void> {
  try {
    await makeFolder(dataDir, owner);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresFailure('dataFolderUnusable', `its data folder cannot be made: ${reason}`, {
      cause: error,
    });
  }
}

async function checkBinaries({ binaries, account }: ClusterSite): Promise<void> {
  const { postgres: command, libraryFolder: libraries } = binaries;
  const end = await runToEnd({ command, args: ['--version'], account, libraryFolder: libraries });
  if (end.ok) return;
  const reason = account.owner
    ? `it must run as account ${account.owner.uid}, which cannot enter the folder of its data or its programs`
    : `it does not run here (${end.complaint})`;
  const remedy = 'set DATABASE_URL to use a Postgres of your own';
  throw new EmbeddedPostgresFailure('binariesDoNotRun', `${reason}; ${remedy}`);
}

async function startOnPort(
  site: ClusterSite,
  wanted: number | undefined,
): Promise<{ server: PostgresServer; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await findFreePort());
    try {
      return { server: await startServer(site, port), port };
    } catch (error) {
      // Another program may take a port between its choice and its use.
      const taken = error instanceof EmbeddedPostgresFailure && error.message.includes('TCP/IP sockets');
      if (!taken || wanted !== undefined || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** The helpers of a server that was killed end by themselves, which may take a moment. */
async function restart(site: ClusterSite, port: number): Promise<PostgresServer> {
  await stopOrphan({ dataDir: site.dataDir });
  return startServer(site, port);
}
