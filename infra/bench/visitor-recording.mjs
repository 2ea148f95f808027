/**
 * What recording costs the visitor's main thread for each change of a page of a thousand nodes: ours, watched for
 * real over the relay of `live` (masking, batches, text for the worker that seals), against rrweb with an `emit` that
 * does nothing and against rrweb with its own packer. What the page's own script takes for the same changes without
 * any recorder is taken off. The agent has to see the page as it is in the end, or there is no row.
 */
import { bodyOf } from './bench-bodies.mjs';
import { requireTrue } from './page-proof.mjs';
import { scriptClock } from './script-time.mjs';
import { rowOf } from './statistics.mjs';
import { changeSteadily } from './steady-changes.mjs';
import { openLine, openVisitor, prepareGround } from './viewing-ground.mjs';

const CHANGES = 500;
const PER_SECOND = 500;
const ARMS = ['ours', 'empty', 'packer', 'again', 'none'];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  progress('bundling pages, starting the relay and browsers');
  const ground = await prepareGround({
    arms: ['ours', 'empty', 'packer', 'none'],
    bodies: { page: bodyOf(1_000) },
    areAgentsElsewhere: true,
  });
  try {
    const line = await openLine(ground, { arm: 'ours', body: 'page' });
    const pages = await openPages(ground, line);
    for (const arm of ARMS) await selfTime(pages[arm]);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const each = {};
      const order = round % 2 === 0 ? ARMS : ARMS.toReversed();
      for (const arm of order) each[arm] = await selfTime(pages[arm]);
      measured.push(each);
    }
    await requireTrue(line);
    await requireRecorded(pages);
    const pairs = (ours, baseline) =>
      measured.map((each) => ({ ours: each[ours] - each.none, baseline: each[baseline] - each.none }));
    return [
      rowOf('visitor-recording/rrweb-empty/self-time', 'us a change', pairs('ours', 'empty')),
      rowOf('visitor-recording/rrweb-packer/self-time', 'us a change', pairs('ours', 'packer')),
      rowOf('visitor-recording/a-vs-a', 'us a change', pairs('again', 'empty')),
    ];
  } finally {
    await ground.close();
  }
}

async function openPages(ground, line) {
  const pages = { ours: line.visitor };
  for (const [name, arm] of [
    ['empty', 'empty'],
    ['packer', 'packer'],
    ['again', 'empty'],
    ['none', 'none'],
  ]) {
    pages[name] = await openVisitor(ground, { arm, body: 'page', host: name });
    await pages[name].evaluate(() => window.share());
  }
  const measured = {};
  for (const [name, page] of Object.entries(pages)) {
    measured[name] = { page, clock: await scriptClock(page.context(), page) };
  }
  return measured;
}

/** Changes that nobody recorded would cost nothing. */
async function requireRecorded({ empty, packer, again }) {
  for (const { page } of [empty, packer, again]) {
    const events = await page.evaluate(() => window.recorded());
    if (events < CHANGES / 10) throw new Error(`rrweb recorded ${events} events`);
  }
}

async function selfTime({ page, clock }) {
  const spentMs = await clock.spentMs(() =>
    page.evaluate(changeSteadily, { count: CHANGES, perSecond: PER_SECOND }),
  );
  return (1000 * spentMs) / CHANGES;
}
