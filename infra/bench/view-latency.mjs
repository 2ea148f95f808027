/**
 * From a change on the visitor's page to the same change in the replay's DOM, in two browsers on this machine. Ours:
 * recorder, masking, deflate, seal, the relay of `live`, open, inflate, grammar, the replay on its own origin.
 * Against rrweb's events as JSON over a raw relay into rrweb's live replayer with no buffer, against that once more,
 * and against the bare limit: a text over a socket. All are open at once and take turns in short blocks, so that a
 * slow moment of the machine falls on all of them. What is shown
 * last has to be the last change, and the replay has to be the page.
 */
import { bodyOf } from './bench-bodies.mjs';
import { changeAndAwait, watchReplay } from './changes-shown.mjs';
import { requireDetector, requireTrue } from './page-proof.mjs';
import { sharePositions } from './pointer-positions.mjs';
import { figureOf, quantile, rowOf } from './statistics.mjs';
import { openLine, prepareGround } from './viewing-ground.mjs';

const LINES = [
  { name: 'ours', arm: 'ours' },
  { name: 'rrweb', arm: 'rrweb' },
  { name: 'again', arm: 'rrweb' },
  { name: 'limit', arm: 'limit' },
];
const BLOCKS_A_ROUND = 6;
const CHANGES_A_BLOCK = 20;
const WARM_UP = 60;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  progress('bundling pages, starting relays and browsers');
  const ground = await prepareGround({ arms: ['ours', 'rrweb', 'limit'], bodies: { page: bodyOf(1_000) } });
  try {
    const lines = {};
    for (const { name, arm } of LINES) {
      lines[name] = await openLine(ground, { arm, body: 'page', host: `shop-${name}` });
      await watchReplay(lines[name].frame);
      await changeAndAwait(lines[name], WARM_UP);
    }
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      measured.push(await oneRound(lines, round));
    }
    const positions = await sharePositions(lines.ours);
    await requireTrue(lines.ours);
    await requireDetector(lines.rrweb.visitor);
    return rowsOf(measured, positions);
  } finally {
    await ground.close();
  }
}

/** Blocks of the arms follow one another forwards and then backwards. */
async function oneRound(lines, round) {
  const waits = Object.fromEntries(LINES.map(({ name }) => [name, []]));
  for (let block = 0; block < BLOCKS_A_ROUND; block += 1) {
    const turned = LINES.map((_, at) => LINES[(at + round) % LINES.length]);
    for (const { name } of block % 2 === 0 ? turned : turned.toReversed()) {
      waits[name].push(...(await changeAndAwait(lines[name], CHANGES_A_BLOCK)));
    }
  }
  return waits;
}

function rowsOf(measured, positions) {
  const pairs = (ours, baseline, share) =>
    measured.map((waits) => ({
      ours: quantile(waits[ours], share),
      baseline: quantile(waits[baseline], share),
    }));
  /** The tail of one round is two or three changes: all rounds together tell it better than their median. */
  const pooled = (ours, baseline, share) => {
    const all = (name) => measured.flatMap((waits) => waits[name]);
    return [{ ours: quantile(all(ours), share), baseline: quantile(all(baseline), share) }];
  };
  return [
    rowOf('view-latency/rrweb-unbuffered/p50', 'ms', pairs('ours', 'rrweb', 0.5)),
    rowOf('view-latency/rrweb-unbuffered/p95', 'ms', pairs('ours', 'rrweb', 0.95)),
    rowOf('view-latency/rrweb-unbuffered/p99', 'ms', pooled('ours', 'rrweb', 0.99)),
    rowOf('view-latency/raw-ws-limit/p50', 'ms', pairs('ours', 'limit', 0.5)),
    figureOf('view-latency/pointer-positions-shown', 'per cent', [positions]),
    rowOf('view-latency/a-vs-a', 'ms', pairs('again', 'rrweb', 0.5)),
  ];
}
