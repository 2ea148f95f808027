/**
 * From the moment in which an agent asks for a page to the whole page in the replay, on pages of 1,000, 10,000 and
 * 50,000 nodes. Ours: agreeing on keys, snapshot, masking, deflate, seal, the relay of `live`, grammar, the replay on
 * its own origin. Against rrweb's snapshot, gzip, a raw relay and rrweb's replayer. The longest task on the visitor's
 * main thread is told apart. Each view has to be equal to the masked page, or there is no row.
 */
import { bodyOf, SECRET } from './bench-bodies.mjs';
import { noteLongestTask } from './longest-task.mjs';
import { requireTrue, sentBy } from './page-proof.mjs';
import { figureOf, rowOf } from './statistics.mjs';
import { frameOf, openAgent, openVisitor, prepareGround, shareAndSeat, WAIT_MS } from './viewing-ground.mjs';

const SIZES = { '1k': 1_000, '10k': 10_000, '50k': 50_000 };
const ARMS = ['ours', 'joined', 'again'];
const POLL_MS = 4;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  progress('bundling pages, starting relays and browsers');
  const bodies = Object.fromEntries(Object.entries(SIZES).map(([name, nodes]) => [name, bodyOf(nodes)]));
  const ground = await prepareGround({ arms: ['ours', 'joined'], bodies });
  try {
    for (const arm of ['ours', 'joined']) await view(ground, arm, '1k');
    const measured = Object.fromEntries(Object.keys(SIZES).map((size) => [size, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const size of Object.keys(SIZES)) {
        progress(`round ${round + 1} of ${rounds}: ${size}`);
        const order = round % 2 === 0 ? ARMS : ARMS.toReversed();
        const each = {};
        for (const arm of order) each[arm] = await view(ground, arm === 'again' ? 'joined' : arm, size);
        measured[size].push(each);
      }
    }
    return rowsOf(measured);
  } finally {
    await ground.close();
  }
}

function rowsOf(measured) {
  const pairs = (size, ours, of) =>
    measured[size].map((each) => ({ ours: of(each[ours]), baseline: of(each.joined) }));
  const wait = ({ waitMs }) => waitMs;
  const task = ({ taskMs }) => taskMs;
  return [
    ...Object.keys(SIZES).flatMap((size) => [
      rowOf(`first-view/rrweb-${size}/to-equal-view`, 'ms', pairs(size, 'ours', wait)),
      rowOf(`first-view/rrweb-${size}/worst-visitor-task`, 'ms', pairs(size, 'ours', task)),
      figureOf(
        `first-view/sealed-bytes-${size}`,
        'bytes',
        measured[size].map(({ ours }) => ours.bytes),
      ),
      rowOf(`first-view/a-vs-a-${size}`, 'ms', pairs(size, 'again', wait)),
    ]),
  ];
}

/** One agent's first view of a page that is shared already and that nobody has watched so far. */
async function view(ground, arm, size) {
  const visitor = await openVisitor(ground, { arm, body: size });
  const agent = await openAgent(ground, arm);
  const seats = await shareAndSeat(ground, { arm, host: arm, visitor });
  try {
    await visitor.evaluate(noteLongestTask);
    const elements = await visitor.evaluate(() => document.querySelectorAll('#cards *').length);
    const frame = frameOf(agent, arm);
    const whole = frame.waitForFunction(
      wholeAt,
      { elements, last: 'main > :last-child > button' },
      { timeout: WAIT_MS, polling: POLL_MS },
    );
    const askedAt = await agent.evaluate((given) => {
      const now = performance.timeOrigin + performance.now();
      window.watch(given);
      return now;
    }, seats.given);
    const waitMs = (await (await whole).jsonValue()) - askedAt;
    const taskMs = await visitor.evaluate(() => window.longestTask());
    if (arm !== 'ours') return { waitMs, taskMs };
    await requireTrue({ visitor, agent, frame });
    const { bytes } = await sentBy(visitor, SECRET);
    return { waitMs, taskMs, bytes };
  } finally {
    await visitor.close();
    await agent.close();
    await seats.end();
  }
}

/** Stands for itself: it is sent into the replay. The time once the page is built to its last element and seen. */
function wholeAt({ elements, last }) {
  const isWhole = [...document.querySelectorAll('iframe')].some((frame) => {
    if (frame.closest('.alongside-building') !== null) return false;
    const page = frame.contentDocument;
    return page?.querySelector(last) && page.querySelectorAll('main *').length >= elements;
  });
  return isWhole && performance.timeOrigin + performance.now();
}
