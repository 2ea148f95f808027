/**
 * From a change on the visitor's page to the same change in the replay's DOM, in two browsers on this machine. Ours:
 * recorder, masking, deflate, seal, the relay of `live`, open, inflate, grammar, the replay on its own origin.
 * Against rrweb's events as JSON over a raw relay into rrweb's live replayer with no buffer, against that once more,
 * and against the bare limit: a text over a socket. All are open at once and take turns in short blocks, so that a
 * slow moment of the machine falls on all of them. What is shown last has to be the last change, and the replay has to
 * be the page. What either side draws is timed from the hand to the other side's screen, where it is to be seen within
 * a frame of what a bare socket would take.
 */
import { bodyOf } from './bench-bodies.mjs';
import { openLines, waitsOfRound } from './changes-shown.mjs';
import { bareMarks, marksOfAgent, marksOfVisitor } from './marks-shown.mjs';
import { requireDetector, requireTrue } from './page-proof.mjs';
import { sharePositions } from './pointer-positions.mjs';
import { figureOf, quantile, rowOf } from './statistics.mjs';
import { prepareGround } from './viewing-ground.mjs';

const LINES = [
  { name: 'ours', arm: 'ours' },
  { name: 'rrweb', arm: 'rrweb' },
  { name: 'again', arm: 'rrweb' },
  { name: 'limit', arm: 'limit' },
];

const SCREEN_FRAME_MS = 1000 / 60;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  progress('bundling pages, starting relays and browsers');
  const ground = await prepareGround({ arms: ['ours', 'rrweb', 'limit'], bodies: { page: bodyOf(1_000) } });
  try {
    const lines = await openLines(ground, LINES);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      measured.push(await waitsOfRound(lines, round));
    }
    const positions = await sharePositions(lines.ours);
    progress('marks on the page');
    const marks = await marksShown(ground, lines);
    await requireTrue(lines.ours);
    await requireDetector(lines.rrweb.visitor);
    return rowsOf(measured, positions, marks);
  } finally {
    await ground.close();
  }
}

async function marksShown(ground, { ours, limit: { visitor, agent } }) {
  return {
    'mark-of-agent': {
      ours: await marksOfAgent(ours),
      bare: await bareMarks(ground, { hand: agent, sheet: visitor }),
    },
    'mark-of-visitor': {
      ours: await marksOfVisitor(ours),
      bare: await bareMarks(ground, { hand: visitor, sheet: agent }),
    },
  };
}

function rowsOf(measured, positions, marks) {
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
  const withinFrame = ({ ours, bare }) => [
    { ours: quantile(ours, 0.5), baseline: quantile(bare, 0.5) + SCREEN_FRAME_MS },
  ];
  return [
    rowOf('view-latency/rrweb-unbuffered/p50', 'ms', pairs('ours', 'rrweb', 0.5)),
    rowOf('view-latency/rrweb-unbuffered/p95', 'ms', pairs('ours', 'rrweb', 0.95)),
    rowOf('view-latency/rrweb-unbuffered/p99', 'ms', pooled('ours', 'rrweb', 0.99)),
    rowOf('view-latency/raw-ws-limit/p50', 'ms', pairs('ours', 'limit', 0.5)),
    ...Object.entries(marks).map(([name, waits]) =>
      rowOf(`view-latency/raw-ws-and-a-frame/${name}-p50`, 'ms', withinFrame(waits)),
    ),
    figureOf('view-latency/pointer-positions-shown', 'per cent', [positions]),
    rowOf('view-latency/a-vs-a', 'ms', pairs('again', 'rrweb', 0.5)),
  ];
}
