/**
 * Sealed bytes on the frames' socket for five recorded kinds of page, whose events are checked in: our channel
 * (batches as they leave, packed, one deflate stream, padding, seals, keys, headers) against the same events as JSON, and against rrweb's
 * own packer, whose text is taken for bytes as a careful author would send it. All are counted with the WebSocket's
 * framing. The agent's side has to end with exactly the events of the page, or there is no row.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pack } from '@rrweb/packer';
import { bundleText } from './browser-pages.mjs';
import { readRecordings } from './recordings.mjs';
import { figureOf, rowOf } from './statistics.mjs';

/** After the last batch, so that nothing is held back any more. */
const LAST_MS = 100;

/** @param {{ progress: (text: string) => void }} options */
export async function run({ progress }) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  try {
    const { Channel, isPointerMove } = await loadChannel(folder);
    const measured = [];
    for (const { name, session } of await readRecordings()) {
      progress(`${name}: ${session.batches.length} batches`);
      measured.push({
        name,
        frames: session.batches.length,
        ours: await throughChannel(Object.assign(new Channel(), { mayWait: isPointerMove }), session),
        json: eachEvent(session, (event) => Buffer.byteLength(JSON.stringify(event))),
        'rrweb-packer': eachEvent(session, (event) => pack(event).length),
      });
    }
    return rowsOf(measured);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(measured) {
  const pair = (baseline, bytesOf, of = measured) => [
    {
      ours: of.reduce((sum, each) => sum + bytesOf(each.ours), 0),
      baseline: of.reduce((sum, each) => sum + bytesOf(each[baseline]), 0),
    },
  ];
  const snapshot = (each) => each.snapshot;
  const incremental = (each) => each.incremental;
  return [
    ...['json', 'rrweb-packer'].flatMap((baseline) => [
      rowOf(`wire-bytes/${baseline}/incremental`, 'bytes', pair(baseline, incremental)),
      rowOf(`wire-bytes/${baseline}/snapshot`, 'bytes', pair(baseline, snapshot)),
      ...measured.map((each) =>
        rowOf(
          `wire-bytes/${baseline}/incremental-${each.name}`,
          'bytes',
          pair(baseline, incremental, [each]),
        ),
      ),
    ]),
    ...measured.map(({ name, ours, frames }) =>
      figureOf(`wire-bytes/a-frame/${name}`, 'bytes', [ours.incremental / frames]),
    ),
  ];
}

/** The frames package with its relay in memory, whose sockets count what the page sends. */
async function loadChannel(folder) {
  const file = join(folder, 'channel.mjs');
  const source = `
    export { Channel } from './packages/frames/test/channel.ts';
    export { isPointerMove } from './visitor-sdk/src/cobrowse/pointer-move.ts';
  `;
  const text = await bundleText(source, { platform: 'node', format: 'esm', target: 'node20' });
  await writeFile(file, text);
  return import(pathToFileURL(file).href);
}

async function throughChannel(channel, { snapshot, batches }) {
  const page = channel.page();
  const console = channel.console();
  page.numbers.push(...snapshot);
  let sent = 0;
  const socket = channel.relay.connect();
  const send = socket.send.bind(socket);
  socket.send = (message) => {
    sent += onWire(message.length);
    send(message);
  };
  page.sender.attach(socket, channel.relay.pass(0));
  channel.attachConsole(console, 1);
  await channel.converge(page, console);
  const snapshotBytes = sent;
  let timeMs = batches[0]?.[0]?.timestamp ?? 0;
  for (const batch of batches) {
    // The channel's clock goes as it went on the page: what is held back for a moment leaves when it did.
    const { timestamp } = batch.at(-1);
    await waitOn(channel, Math.max(0, timestamp - timeMs));
    timeMs = Math.max(timeMs, timestamp);
    page.emit(...batch);
  }
  await waitOn(channel, LAST_MS);
  await channel.converge(page, console);
  if (page.snapshots !== 1 || channel.relay.breaches.length > 0) throw new Error('the stream was disturbed');
  return { snapshot: snapshotBytes, incremental: sent - snapshotBytes };
}

/** Both sides do what they have to meanwhile, or an agent would take a long silence for a loss. */
async function waitOn(channel, ms) {
  channel.clock.advance(ms);
  if (ms > 0) await channel.settle();
}

function eachEvent({ snapshot, batches }, sizeOf) {
  const sum = (events) => events.reduce((bytes, event) => bytes + onWire(sizeOf(event)), 0);
  return { snapshot: sum(snapshot), incremental: sum(batches.flat()) };
}

/** A client's WebSocket frame: two bytes, a longer length where it is needed, four of the mask, the payload. */
function onWire(payload) {
  return payload + 6 + (payload > 65_535 ? 8 : payload > 125 ? 2 : 0);
}
