/**
 * How soon both sides hear and see each other again: after the media worker was killed, and after the network was
 * switched, round by round in two browsers with the product's own clients and a whole `live` between them.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleTests } from './bundle-tests.mjs';
import { figureOf, quantile } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const folder = join(root, '.data', `bench-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const closing = [() => rm(folder, { recursive: true, force: true })];
  try {
    progress('bundling pages, starting live and browsers');
    const { CallGround } = await import(await bundleTests('call-ground', folder));
    const ground = await CallGround.start();
    closing.push(() => ground.close());
    const measure = async (what, hurt) => {
      const waits = [];
      for (let round = 0; round < rounds; round += 1) {
        progress(`${what}: round ${round + 1} of ${rounds}`);
        const from = await hurt();
        waits.push((await ground.mediaBack()) - from);
      }
      return { ...figureOf(`call-heal/${what}/p95`, 'ms', waits), value: quantile(waits, 0.95) };
    };
    return [
      await measure('worker-killed', () => ground.killWorker()),
      await measure('network-switched', () => ground.network.switchAddress()),
    ];
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}
