/**
 * What sealing costs, against the same build without it: bytes of the five recorded pages at the socket, padding
 * apart; and the time from a change on the page to the replay in two browsers, in turns. Every page has to arrive as
 * it is, and a planted text may be read on the wire of what is not sealed and nowhere else, or there is no row.
 */
import { bodyOf } from './bench-bodies.mjs';
import { openLines, waitsOfRound } from './changes-shown.mjs';
import { withoutPadding, withoutSealing } from './other-builds.mjs';
import { requireTrue } from './page-proof.mjs';
import { loadChannel, throughChannel } from './recorded-channel.mjs';
import { readRecordings } from './recordings.mjs';
import { quantile, rowOf } from './statistics.mjs';
import { prepareGround } from './viewing-ground.mjs';

const LINES = [
  { name: 'ours', arm: 'ours' },
  { name: 'clear', arm: 'clear' },
  { name: 'again', arm: 'clear' },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  progress('bytes of the recorded pages, three times');
  const bytes = await allBytes();
  const ground = await prepareGround({ arms: ['ours', 'clear'], bodies: { page: bodyOf(1_000) } });
  try {
    const lines = await openLines(ground, LINES);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      measured.push(await waitsOfRound(lines, round));
    }
    await requireTrue(lines.ours);
    return rowsOf(bytes, measured);
  } finally {
    await ground.close();
  }
}

function rowsOf(bytes, measured) {
  const p50 = (ours) =>
    measured.map((waits) => ({ ours: quantile(waits[ours], 0.5), baseline: quantile(waits.clear, 0.5) }));
  return [
    rowOf('sealing/clear/bytes', 'bytes', [{ ours: bytes.unpadded, baseline: bytes.clear }]),
    rowOf('sealing/unpadded/bytes-with-padding', 'bytes', [{ ours: bytes.ours, baseline: bytes.unpadded }]),
    rowOf('sealing/clear/p50', 'ms', p50('ours')),
    rowOf('sealing/a-vs-a', 'ms', p50('again')),
  ];
}

async function allBytes() {
  const builds = { ours: [], unpadded: [withoutPadding], clear: [withoutPadding, withoutSealing] };
  const recordings = await readRecordings();
  const bytes = {};
  for (const [name, plugins] of Object.entries(builds)) {
    const frames = await loadChannel(plugins);
    bytes[name] = 0;
    for (const { session } of recordings) {
      const { snapshot, incremental, isReadable } = await throughChannel(frames, session);
      if (isReadable !== (name === 'clear'))
        throw new Error(`a planted text is ${isReadable ? '' : 'not '}read on the wire of ${name}`);
      bytes[name] += snapshot + incremental;
    }
  }
  return bytes;
}
