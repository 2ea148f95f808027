/**
 * Bytes on the frames' socket for recorded sessions: our channel (batches, one deflate stream, seals, keys, headers)
 * against the same masked events as JSON, and against every event deflated by itself. All three are counted with
 * the WebSocket's own framing. The agent's side has to end with exactly the events of the page, or there is no row.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { bundleText } from './browser-pages.mjs';
import { recordCorpus } from './recorded-corpus.mjs';
import { rowOf } from './statistics.mjs';

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  try {
    const { Channel } = await loadChannel(folder);
    const all = [];
    for (let round = 0; round < rounds; round += 1) {
      const sessions = await recordCorpus({ progress });
      const measured = {};
      for (const [name, session] of Object.entries(sessions)) {
        progress(`sealing: ${name}, ${session.batches.length} batches`);
        measured[name] = {
          ours: await throughChannel(new Channel(), session),
          json: eachEvent(session, (text) => Buffer.byteLength(text)),
          'per-event-deflate': eachEvent(session, (text) => deflateSync(text).length),
        };
      }
      all.push(measured);
    }
    return rowsOf(all);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(all) {
  const names = Object.keys(all[0]);
  const pairs = (baseline, bytesOf, of = names) =>
    all.map((measured) => ({
      ours: of.reduce((sum, name) => sum + bytesOf(measured[name].ours), 0),
      baseline: of.reduce((sum, name) => sum + bytesOf(measured[name][baseline]), 0),
    }));
  const total = ({ snapshot, incremental }) => snapshot + incremental;
  const incremental = (each) => each.incremental;
  return ['json', 'per-event-deflate'].flatMap((baseline) => [
    rowOf(`wire-bytes/${baseline}/total`, 'bytes', pairs(baseline, total)),
    rowOf(
      `wire-bytes/${baseline}/snapshot`,
      'bytes',
      pairs(baseline, (each) => each.snapshot),
    ),
    rowOf(`wire-bytes/${baseline}/incremental`, 'bytes', pairs(baseline, incremental)),
    ...names.map((name) =>
      rowOf(`wire-bytes/${baseline}/incremental-${name}`, 'bytes', pairs(baseline, incremental, [name])),
    ),
  ]);
}

/** The frames package with its relay in memory, whose sockets count what the page sends. */
async function loadChannel(folder) {
  const file = join(folder, 'channel.mjs');
  const text = await bundleText("export { Channel } from './packages/frames/test/channel.ts';", {
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
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
  for (const batch of batches) page.emit(...batch);
  await channel.converge(page, console);
  if (page.snapshots !== 1 || channel.relay.breaches.length > 0) throw new Error('the stream was disturbed');
  return { snapshot: snapshotBytes, incremental: sent - snapshotBytes };
}

function eachEvent({ snapshot, batches }, sizeOf) {
  const sum = (events) => events.reduce((bytes, event) => bytes + onWire(sizeOf(JSON.stringify(event))), 0);
  return { snapshot: sum(snapshot), incremental: sum(batches.flat()) };
}

/** A client's WebSocket frame: two bytes, a longer length where it is needed, four of the mask, the payload. */
function onWire(payload) {
  return payload + 6 + (payload > 65_535 ? 8 : payload > 125 ? 2 : 0);
}
