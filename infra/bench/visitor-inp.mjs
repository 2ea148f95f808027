/**
 * What a watched visitor feels: from a press of the mouse to the frame that shows what it did, on a page that changes
 * meanwhile, watched for real against the same page with nothing of ours. INP is the 98th of a hundred presses. Long
 * tasks are those of which the browser says that a script of ours made them long. The agent has to see the page as it
 * is in the end, or there is no row.
 */
import { bodyOf } from './bench-bodies.mjs';
import { requireTrue } from './page-proof.mjs';
import { figureOf, quantile, rowOf } from './statistics.mjs';
import { changeSteadily } from './steady-changes.mjs';
import { openLine, openVisitor, prepareGround } from './viewing-ground.mjs';

const PRESSES = 25;
const GAP_MS = 40;
const PER_SECOND = 100;
const ARMS = ['ours', 'none', 'again'];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const ground = await prepareGround({
    arms: ['ours', 'none'],
    bodies: { page: bodyOf(2_000) },
    areAgentsElsewhere: true,
  });
  try {
    const line = await openLine(ground, { arm: 'ours', body: 'page' });
    const pages = {
      ours: line.visitor,
      none: await openVisitor(ground, { arm: 'none', body: 'page', host: 'none' }),
      again: await openVisitor(ground, { arm: 'none', body: 'page', host: 'again' }),
    };
    for (const page of Object.values(pages)) {
      await page.evaluate(listen);
      await press(page);
      await page.evaluate(() => {
        window.longTasks = 0;
      });
    }
    const waits = Object.fromEntries(ARMS.map((arm) => [arm, []]));
    for (let round = 0; round < rounds; round += 1) {
      if (round % 2 === 0) progress(`round ${round + 1} of ${rounds}`);
      const order = round % 2 === 0 ? ARMS : ARMS.toReversed();
      for (const arm of order) waits[arm].push(await press(pages[arm]));
    }
    await requireTrue(line);
    const longTasks = await pages.ours.evaluate(() => window.longTasks);
    return rowsOf(waits, longTasks);
  } finally {
    await ground.close();
  }
}

function rowsOf(waits, longTasks) {
  /** A round holds too few presses to tell its own 98th of a hundred. */
  const pooled = (ours, share) => {
    const at = (arm) => quantile(waits[arm].flat(), share);
    return [{ ours: at(ours), baseline: at('none') }];
  };
  const medians = (ours) =>
    waits[ours].map((each, round) => ({
      ours: quantile(each, 0.5),
      baseline: quantile(waits.none[round], 0.5),
    }));
  return [
    rowOf('visitor-inp/no-sdk/press-to-frame-p98', 'ms', pooled('ours', 0.98)),
    rowOf('visitor-inp/no-sdk/press-to-frame-p50', 'ms', medians('ours')),
    figureOf('visitor-inp/long-tasks-of-ours', 'tasks', [longTasks]),
    rowOf('visitor-inp/a-vs-a', 'ms', medians('again')),
    rowOf('visitor-inp/a-vs-a-p98', 'ms', pooled('again', 0.98)),
  ];
}

/** Stands for itself: it is sent into the page. */
function listen() {
  window.waits = [];
  window.longTasks = 0;
  new PerformanceObserver((list) => {
    for (const { scripts = [] } of list.getEntries()) {
      if (
        scripts.some(({ sourceURL, duration }) => sourceURL.endsWith('/ours/visitor.js') && duration > 50)
      ) {
        window.longTasks += 1;
      }
    }
  }).observe({ type: 'long-animation-frame', buffered: false });
  const channel = new MessageChannel();
  let pressedAt = 0;
  // A message posted in the frame's own callback comes once the frame has been drawn.
  channel.port1.onmessage = () => window.waits.push(performance.now() - pressedAt);
  document.getElementById('cards').addEventListener('pointerdown', ({ target, timeStamp }) => {
    pressedAt = timeStamp;
    const card = target.closest('.card');
    card?.classList.toggle('on');
    card?.append(Object.assign(document.createElement('small'), { textContent: 'pressed' }));
    requestAnimationFrame(() => channel.port2.postMessage(undefined));
  });
}

async function press(page) {
  const changing = page.evaluate(changeSteadily, {
    count: Math.ceil((PRESSES * GAP_MS * PER_SECOND) / 1000),
    perSecond: PER_SECOND,
  });
  await page.evaluate(() => {
    window.waits = [];
  });
  let due = performance.now();
  for (let at = 0; at < PRESSES; at += 1) {
    due += GAP_MS;
    await page.mouse.move(200 + at * 11, 420 + ((at * 53) % 300));
    await page.mouse.down();
    await page.mouse.up();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  await changing;
  await page.waitForTimeout(50);
  const waits = await page.evaluate(() => window.waits);
  if (waits.length < PRESSES * 0.8)
    throw new Error(`the page answered ${waits.length} of ${PRESSES} presses`);
  return waits;
}
