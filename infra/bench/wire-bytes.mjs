/**
 * Sealed bytes on the frames' socket for five recorded kinds of page, whose events are checked in: our channel
 * (batches as they leave, packed, one deflate stream, padding, seals, keys, headers) against the same events as JSON, and against rrweb's
 * own packer, whose text is taken for bytes as a careful author would send it. All are counted with the WebSocket's
 * framing. The agent's side has to end with exactly the events of the page, and nobody may read a planted text on the
 * wire, or there is no row.
 */
import { pack } from '@rrweb/packer';
import { loadChannel, onWire, throughChannel } from './recorded-channel.mjs';
import { readRecordings } from './recordings.mjs';
import { figureOf, rowOf } from './statistics.mjs';

/** @param {{ progress: (text: string) => void }} options */
export async function run({ progress }) {
  const frames = await loadChannel();
  const measured = [];
  for (const { name, session } of await readRecordings()) {
    progress(`${name}: ${session.batches.length} batches`);
    const ours = await throughChannel(frames, session);
    if (ours.isReadable) throw new Error('a planted text is on the wire');
    measured.push({
      name,
      batches: session.batches.length,
      ours,
      json: eachEvent(session, (event) => Buffer.byteLength(JSON.stringify(event))),
      'rrweb-packer': eachEvent(session, (event) => pack(event).length),
    });
  }
  return rowsOf(measured);
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
    ...measured.map(({ name, ours, batches }) =>
      figureOf(`wire-bytes/a-batch/${name}`, 'bytes', [ours.incremental / batches]),
    ),
  ];
}

function eachEvent({ snapshot, batches }, sizeOf) {
  const sum = (events) => events.reduce((bytes, event) => bytes + onWire(sizeOf(event)), 0);
  return { snapshot: sum(snapshot), incremental: sum(batches.flat()) };
}
