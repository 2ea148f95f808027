/** The whole of `records`: its database, the journal's door, and the two HTTP origins. */

import type { FastifyInstance } from 'fastify';
import { buildRecordsCore, eachInTurn, type RecordsCore, type RecordsCoreOptions } from '../records/index.js';
import { createConsoleApp } from './console-app.js';
import type { TlsMaterial } from './http-server.js';
import type { ProofPlaces } from './proof/stored-proof.js';
import { createReplayApp } from './replay-app.js';
import type { SignUp } from './sign-up.js';

export interface RecordsOptions extends RecordsCoreOptions {
  readonly replayOrigin: string;
  readonly liveOrigin: string;
  readonly signUp: SignUp;
  /** Folders of built files: `visitor-sdk/dist/sdk/v1`, `agent-console/dist`, `agent-console/dist/replay`. */
  readonly staticRoots: { readonly sdk: string; readonly console: string; readonly replay: string };
  /** Where a proof puts its report and its key. */
  readonly proof: ProofPlaces;
  readonly version: string;
  readonly trustedProxies: readonly string[];
  readonly tls?: TlsMaterial | undefined;
  /** Widens the limits on what one address may ask; 1 by default. */
  readonly rateFactor?: number;
}

export interface Records {
  readonly consoleApp: FastifyInstance;
  readonly replayApp: FastifyInstance;
  /** What whoever runs the installation does on its machine, and no route leads to. */
  readonly core: RecordsCore;
  /** Port 0 takes a free one. */
  listenJournal(host: string, port: number): Promise<{ readonly port: number; readonly url: string }>;
  ready(): boolean;
  /** Takes away what is past its retention; answers how many rows went. */
  purge(): Promise<number>;
  /** Ends what goes on without a basis, and tells `live`; answers how many engagements ended. */
  endLapsed(): Promise<number>;
  /** Ends leases and calls that went with a node which does not come back. */
  endLostSharing(): Promise<void>;
  /** What customers’ own stores took of conversations that did not begin is erased there. */
  takeBackBeginnings(): Promise<void>;
  close(): Promise<void>;
}

/** Migrates the database first, and throws when that fails. */
export async function createRecords(options: RecordsOptions): Promise<Records> {
  const core = buildRecordsCore(options);
  // While one waits for the database, the other is put together.
  const both = [core.open(), createApps(options, core)] as const;
  await Promise.allSettled(both);
  try {
    const [, { consoleApp, replayApp }] = await Promise.all(both);
    return {
      consoleApp,
      replayApp,
      core,
      listenJournal: (host, port) => core.journal.listen(host, port),
      ready: () => core.database.state === 'up',
      purge: async () => {
        let purgedRows = 0;
        await eachInTurn([
          () => core.accountStates.eraseDue(),
          () => core.personErasures.eraseDue(),
          () => core.caseSweep.run(),
          () => core.context.storeErasures.tellAll(),
          () => core.disclosures.purge(),
          async () => {
            const purged = await core.purge.run();
            if (purged.ok) purgedRows = purged.value.purgedRows;
          },
        ]);
        return purgedRows;
      },
      endLostSharing: () => core.lostSharing.endAll(),
      takeBackBeginnings: () => core.context.storeBeginnings.sweep(),
      endLapsed: () => core.lapses.lookAtAll(),
      close: async () => {
        await Promise.allSettled([consoleApp.close(), replayApp.close()]);
        await core.close();
      },
    };
  } catch (error) {
    await core.close();
    throw error;
  }
}

async function createApps(options: RecordsOptions, core: RecordsCore) {
  const { sdk: sdkRoot, console: consoleRoot, replay: replayRoot } = options.staticRoots;
  const { rateFactor = 1 } = options;
  return {
    consoleApp: await createConsoleApp({ ...options, core, sdkRoot, consoleRoot, rateFactor }),
    replayApp: await createReplayApp({ ...options, replayRoot }),
  };
}
