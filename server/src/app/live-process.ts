/** The process `live`: started by `main` with its settings, or alone with its own environment. */

import * as v from 'valibot';
import { buildLive } from './build-live.js';
import { readConfig } from './config.js';
import { limitsInForce } from './limits-in-force.js';
import type { LiveSettings } from './live-settings.js';
import { liveSettings } from './live-settings.js';
import { createLogger, standardOutput } from './logger.js';
import { MediaWorkerStatus, readMediaWorkerStatus } from './media-worker-status.js';
import { settlePlaces } from './settled-places.js';
import type { Running } from './supervised.js';
import { runStartable } from './supervised.js';
import { StartFailure } from './supervisor/start-failure.js';
import { readTlsMaterial } from './supervisor/tls-material.js';

const output = standardOutput();

/** Settings come from the supervisor, which is the same program, or from `ownSettings`. */
async function start(given: unknown): Promise<Running> {
  const settings = given as LiveSettings;
  const logger = createLogger({ process: 'live', level: settings.logLevel, to: output });
  const limits = await limitsInForce(settings.ownAccount);
  for (const { name: limit, inForce } of limits) {
    if (!inForce)
      logger.warn('live:limitNotInForce', { limit: limit.replaceAll(' ', '-').replaceAll("'", '') });
  }
  const { live, calls, relays, notAlone } = buildLive(settings, { logger, limits });
  const faults = (await relays?.look()) ?? [];
  if (faults.length > 0) throw new StartFailure(faults.join('\n'));
  await live.listen();
  // Media is not waited for: everything but calls is up already.
  const tell = (status: MediaWorkerStatus): void => {
    void calls.setProgram(status).catch(() => logger.error('call:notStarted'));
  };
  tell(settings.mediaWorker);
  return {
    facts: { limits },
    onMessage: (message) => {
      const told = v.safeParse(Told, message);
      if (!told.success) return;
      if (told.output.kind === 'journal') live.findRecords(told.output.url);
      else tell(told.output.status);
    },
    close: () => {
      relays?.close();
      return live.close();
    },
    broken: notAlone.then((other) => notAloneFailure(settings.nodeId, other)),
  };
}

/** Two desks that do not know each other would each show half of the queue. */
function notAloneFailure(own: string, other: string): StartFailure {
  const which = other === own ? `another live named ${other}` : `the live node ${other}`;
  return new StartFailure(
    `${own} ends: ${which} serves this installation already, and without a shared desk there can be one only. End that one first; what lives on it then moves to the next.`,
  );
}

const Told = v.variant('kind', [
  v.object({ kind: v.literal('mediaWorker'), status: MediaWorkerStatus }),
  v.object({ kind: v.literal('journal'), url: v.string() }),
]);

async function ownSettings(): Promise<LiveSettings> {
  const reading = readConfig();
  if (!reading.ok) throw new StartFailure(reading.faults.join('\n'));
  const { config } = reading;
  const { url, secret } = config.journal;
  if (url === undefined || secret === undefined) {
    throw new StartFailure(
      'JOURNAL_URL and JOURNAL_SECRET say where a live that is started alone finds records.',
    );
  }
  return liveSettings(config, {
    places: await settlePlaces(config),
    journal: { url, secret },
    tls: await readTlsMaterial(config.tlsFiles),
    mediaWorker: await ownMediaWorker(config.calls),
    // Whoever starts it alone chose its account, and the limit is in force where that is nobody's.
    ownAccount: true,
  });
}

async function ownMediaWorker(calls: {
  readonly offered: boolean;
  readonly workerBin: string | undefined;
  readonly statusFile: string | undefined;
}): Promise<MediaWorkerStatus> {
  if (!calls.offered) return { state: 'unavailable', remedy: 'CALLS is off.' };
  if (calls.workerBin !== undefined) return { state: 'ready', bin: calls.workerBin };
  if (calls.statusFile !== undefined) return readMediaWorkerStatus(calls.statusFile);
  return { state: 'unavailable', remedy: 'Set MEDIASOUP_WORKER_BIN.' };
}

export function runLiveProcess(): Promise<void> {
  return runStartable({ ownSettings, start, flush: () => output.flush() });
}
