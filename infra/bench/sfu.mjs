/**
 * What a packet of a call costs: our rooms against a bare mediasoup router with the same topology, both in the same
 * seconds. No packet may enter Node, whose bytes read are counted by the kernel, and what is negotiated is encrypted
 * and authenticated at once (AEAD), which is cheaper and safer than by two passes.
 */
import { openGround } from './sfu-ground.mjs';
import { figureOf, rowOf } from './statistics.mjs';

const CALLS = 6;
const WINDOW_MS = 10_000;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const ground = await openGround({ calls: CALLS, video: false, progress });
  try {
    const ciphers = await ground.ciphers();
    progress(`ciphers: ${[...new Set(ciphers)].join(', ')}`);
    // Of each call two parties, and of each party two transports.
    if (ciphers.length !== 4 * CALLS) throw new Error(`${ciphers.length} transports are connected`);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      measured.push(await ground.measure(WINDOW_MS));
    }
    const costOf = ({ workerMs, packets }) => (workerMs * 1000) / packets;
    const pairs = (arm) => measured.map((used) => ({ ours: costOf(used[arm]), baseline: costOf(used.bare) }));
    const ours = measured.map((used) => used.ours);
    return [
      rowOf('sfu/bare/worker-cpu-per-packet', 'us', pairs('ours')),
      rowOf('sfu/a-vs-a', 'us', pairs('again')),
      figureOf(
        'sfu/node-cpu-of-the-worker',
        '%',
        ours.map(({ nodeMs, workerMs }) => (100 * nodeMs) / workerMs),
      ),
      figureOf(
        'sfu/bytes-into-node-per-packet',
        'B',
        ours.map(({ bytesRead, packets }) => bytesRead / packets),
      ),
      figureOf('sfu/transports-without-aead', 'transports', [
        ciphers.filter((cipher) => !/AEAD_AES_(128|256)_GCM/.test(cipher ?? '')).length,
      ]),
    ];
  } finally {
    await ground.close();
  }
}
