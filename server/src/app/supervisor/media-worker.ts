/** The media worker as `live` is told of it: given, still being provided, or absent with its remedy. */

import type { Config } from '../config.js';
import type { MediaWorkerStatus } from '../media-worker-status.js';
import { watchMediaWorker } from '../media-worker-status.js';
import type { LivePlace } from './live-place.js';

export interface MediaWorkerWatch {
  status(): MediaWorkerStatus;
  stop(): void;
}

/** `onChange` is called whenever there is something new to tell. */
export async function followMediaWorker(
  calls: Config['calls'],
  place: LivePlace,
  onChange: (status: MediaWorkerStatus) => void,
): Promise<MediaWorkerWatch> {
  if (!calls.offered) return fixed({ state: 'unavailable', remedy: 'CALLS is off.' });
  if (calls.workerBin !== undefined) {
    return fixed({ state: 'ready', bin: await place.placeWorker(calls.workerBin) });
  }
  if (calls.statusFile === undefined) {
    return fixed({ state: 'unavailable', remedy: 'Set MEDIASOUP_WORKER_BIN, or start by npm start.' });
  }
  let status: MediaWorkerStatus = { state: 'building' };
  const stop = watchMediaWorker(calls.statusFile, (next) => {
    void placed(next, place).then((now) => {
      status = now;
      onChange(now);
    });
  });
  return { status: () => status, stop };
}

async function placed(status: MediaWorkerStatus, place: LivePlace): Promise<MediaWorkerStatus> {
  if (status.state !== 'ready') return status;
  try {
    return { state: 'ready', bin: await place.placeWorker(status.bin) };
  } catch {
    return { state: 'unavailable', remedy: 'The media worker cannot be copied to where live may run it.' };
  }
}

function fixed(status: MediaWorkerStatus): MediaWorkerWatch {
  return { status: () => status, stop: () => undefined };
}
