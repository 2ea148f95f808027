/** The programs that tests need: the test run names them, and otherwise they are where a start would find them. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findMediaWorker } from '../../infra/media-worker/provide-media-worker.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Fails where there is none: a media test that does not run proves nothing. */
export async function mediaWorkerBin(): Promise<string> {
  const found = await findMediaWorker({ root });
  if (found?.state === 'ready') return found.bin;
  throw new Error('There is no media worker: run the tests by npm test, or name it in MEDIASOUP_WORKER_BIN.');
}

export function chromiumBin(): string {
  const bin = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium';
  if (existsSync(bin)) return bin;
  throw new Error('There is no Chromium: run the tests by npm test, or name it in CHROMIUM_BIN.');
}
