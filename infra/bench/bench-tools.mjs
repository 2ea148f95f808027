/** The programs that benches measure with: the browser, and for calls the media worker. */
import { ensureChromium } from '../bootstrap/ensure-chromium.mjs';
import { requireMediaWorker } from '../bootstrap/ensure-media-worker.mjs';
import { say } from '../bootstrap/progress.mjs';

/**
 * @param {readonly { needs: readonly string[] }[]} benches
 * @param {{ root: string, mayInstall: boolean }} options
 */
export async function provideBenchTools(benches, options) {
  const needed = new Set(benches.flatMap(({ needs }) => needs));
  if (needed.has('chromium')) process.env.CHROMIUM_BIN = await ensureChromium((line) => say(`  ${line}`));
  if (needed.has('media-worker')) process.env.MEDIASOUP_WORKER_BIN = await requireMediaWorker(options);
}
