/**
 * What sealing costs: the very same batches through deflate, a relay on loopback and inflate, once padded and sealed
 * and once in the clear. Bytes are counted with and without the padding; time is from a batch to its events on the
 * other side. What arrives has to be what was sent, or there is no row.
 */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFrameHeader } from '@alongside/protocol';
import { WebSocket } from 'ws';
import { bundleText } from './browser-pages.mjs';
import { Child } from './child.mjs';
import { median, rowOf } from './statistics.mjs';

const BATCHES = 1_500;
const HEADER_BYTES = 12;
const SEAL_BYTES = 16;
const CANARY = 'a-planted-secret';

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  const relay = await Child.start('raw-relay-process.mjs');
  try {
    const parts = await loadParts(folder);
    const measured = [];
    await measure(parts, relay, 'sealed');
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const arms = round % 2 === 0 ? ['sealed', 'clear', 'again'] : ['again', 'clear', 'sealed'];
      const each = {};
      for (const arm of arms) each[arm] = await measure(parts, relay, arm);
      measured.push(each);
    }
    return rowsOf(measured);
  } finally {
    await relay.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(measured) {
  const pairs = (ours, baseline) =>
    measured.map((each) => ({ ours: ours(each.sealed), baseline: baseline(each.clear) }));
  const bytes = (each) => each.bytes;
  const again = measured.map((each) => ({ ours: each.again.p50Ms, baseline: each.clear.p50Ms }));
  return [
    rowOf('sealing/clear/bytes', 'bytes', pairs(bytes, bytes)),
    rowOf(
      'sealing/clear/bytes-without-padding',
      'bytes',
      pairs((each) => each.bytes - each.padding, bytes),
    ),
    rowOf(
      'sealing/clear/p50',
      'ms',
      pairs(
        (each) => each.p50Ms,
        (each) => each.p50Ms,
      ),
    ),
    rowOf('sealing/clear/a-vs-a', 'ms', again),
  ];
}

/** The inner parts of the frames package, and batches as a page makes them. */
async function loadParts(folder) {
  const file = join(folder, 'parts.mjs');
  const source = `
    export { DeflateStream } from './packages/frames/src/deflate.ts';
    export { InflateStream } from './packages/frames/src/inflate.ts';
    export { readBody, writeBodies } from './packages/frames/src/frame-body.ts';
    export { importSealingKey, openFrame, sealFrame } from './packages/frames/src/sealing.ts';
    export { randomEvents, seededRandom } from './packages/frames/test/random-events.ts';
  `;
  await writeFile(file, await bundleText(source, { platform: 'node', format: 'esm', target: 'node20' }));
  return import(pathToFileURL(file).href);
}

async function measure(parts, relay, arm) {
  const line = await openLine(relay);
  const end = arm === 'sealed' ? await sealedEnd(parts) : clearEnd();
  const deflate = new parts.DeflateStream();
  const inflate = new parts.InflateStream();
  const random = parts.seededRandom(20_261_121);
  const times = [];
  let bytes = 0;
  let padding = 0;
  for (let sequence = 0; sequence < BATCHES; sequence += 1) {
    const text = JSON.stringify([...parts.randomEvents(random).slice(0, 4), CANARY]);
    const startedAt = performance.now();
    const plain = new TextEncoder().encode(text);
    const payload = { deflated: true, plainLength: plain.byteLength, bytes: deflate.push(plain) };
    const header = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 1, sequence });
    const frame = await end.write(header, payload);
    const arrived = line.next();
    line.send(frame);
    const read = await end.read(await arrived);
    const back = new TextDecoder().decode(inflate.pull(read.payload, read.plainLength));
    times.push(performance.now() - startedAt);
    if (back !== text) throw new Error('what arrived is not what was sent');
    if (arm === 'sealed' && Buffer.from(frame).includes(CANARY)) throw new Error('a secret is on the wire');
    bytes += frame.byteLength;
    padding += Math.max(0, frame.byteLength - HEADER_BYTES - SEAL_BYTES - payload.bytes.byteLength);
  }
  line.close();
  return { bytes, padding, p50Ms: median(times) };
}

/** As the package does it, padded and sealed. */
async function sealedEnd({ importSealingKey, openFrame, readBody, sealFrame, writeBodies }) {
  const key = await importSealingKey(crypto.getRandomValues(new Uint8Array(32)));
  const context = { engagement: 'bench', sender: 'visitor' };
  return {
    write: async (header, payload) => {
      const [plain, ...more] = writeBodies(payload, 8 * 1024 * 1024, HEADER_BYTES);
      if (plain === undefined || more.length > 0) throw new Error('a batch takes one frame here');
      return sealFrame(key, { header, plain }, context);
    },
    read: async (frame) => readBody(await openFrame(key, frame, context)),
  };
}

/** The same header and a length, and nothing else. */
function clearEnd() {
  return {
    write: async (header, payload) => {
      const frame = new Uint8Array(HEADER_BYTES + 4 + payload.bytes.byteLength);
      frame.set(header);
      new DataView(frame.buffer).setUint32(HEADER_BYTES, payload.plainLength);
      frame.set(payload.bytes, HEADER_BYTES + 4);
      return frame;
    },
    read: async (frame) => ({
      plainLength: new DataView(frame.buffer, frame.byteOffset).getUint32(HEADER_BYTES),
      payload: frame.subarray(HEADER_BYTES + 4),
    }),
  };
}

let lines = 0;

async function openLine(relay) {
  lines += 1;
  const open = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${relay.hello.port}/sealing-${lines}`, {
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    return socket;
  };
  const [near, far] = [await open(), await open()];
  return {
    send: (frame) => near.send(frame),
    next: async () => new Uint8Array((await once(far, 'message'))[0]),
    close: () => {
      near.terminate();
      far.terminate();
    },
  };
}
