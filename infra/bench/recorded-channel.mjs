/** Recorded pages through the frames package and its relay in memory, whose sockets count what the page sends. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SECRET } from './bench-bodies.mjs';
import { bundleText } from './browser-pages.mjs';
import { isPlantedReadable } from './read-without-key.mjs';

/** After the last batch, so that nothing is held back any more. */
const LAST_MS = 100;

/** @param {readonly import('esbuild').Plugin[]} plugins What another build of it is made with. */
export async function loadChannel(plugins = []) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  try {
    const file = join(folder, 'channel.mjs');
    const source = `
      export { Channel } from './packages/frames/test/channel.ts';
      export { readBody } from './packages/frames/src/frame-body.ts';
      export { isPointerMove } from './visitor-sdk/src/cobrowse/pointer-move.ts';
    `;
    const text = await bundleText(source, { platform: 'node', format: 'esm', target: 'node20', plugins });
    await writeFile(file, text);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes of the snapshot and of what follows, and whether a text that is planted in both can be read without a key. */
export async function throughChannel({ Channel, isPointerMove, readBody }, { snapshot, batches }) {
  const channel = Object.assign(new Channel(), { mayWait: isPointerMove });
  const page = channel.page();
  const console = channel.console();
  page.numbers.push(...snapshot, planted(0));
  let sent = 0;
  const wire = [];
  const socket = channel.relay.connect();
  const send = socket.send.bind(socket);
  socket.send = (...messages) => {
    for (const message of messages) {
      sent += onWire(message.length);
      wire.push(typeof message === 'string' ? message : message.slice());
    }
    send(...messages);
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
  const incremental = sent - snapshotBytes;
  page.emit(planted(timeMs));
  await channel.converge(page, console);
  return { snapshot: snapshotBytes, incremental, isReadable: isPlantedReadable(wire, readBody) };
}

/** One event that is among no figure but the snapshot's. */
const planted = (timestamp) => ({
  type: 3,
  data: { source: 0, texts: [{ id: 1, value: SECRET }] },
  timestamp,
});

/** Both sides do what they have to meanwhile, or an agent would take a long silence for a loss. */
async function waitOn(channel, ms) {
  channel.clock.advance(ms);
  if (ms > 0) await channel.settle();
}

/** A client's WebSocket frame: two bytes, a longer length where it is needed, four of the mask, the payload. */
export function onWire(payload) {
  return payload + 6 + (payload > 65_535 ? 8 : payload > 125 ? 2 : 0);
}
