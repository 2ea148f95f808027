/**
 * What playing a page costs the agent's browser: the snapshot of 10,000 nodes and then its changes, in the replay on
 * its own origin, driven by hand as the console does it, against rrweb's replayer alone in live mode. Both play what
 * their own recorder recorded of the same changes, and have to end with the same page. Time is what the browser
 * says it spent in scripts, the console's check of every event told apart.
 */
import { bodyOf } from './bench-bodies.mjs';
import { bundleText, launchChromium, servePages } from './browser-pages.mjs';
import { noteLongestTask } from './longest-task.mjs';
import { MASKED_RECORDER, PLAIN_RECORDER } from './masked-recording.mjs';
import { fingerprint } from './page-proof.mjs';
import { PLAIN_STAGE, REPLAY_CONSOLE } from './replay-pages.mjs';
import { scriptClock } from './script-time.mjs';
import { figureOf, rowOf } from './statistics.mjs';
import { changeSteadily } from './steady-changes.mjs';
import { startReplay } from './viewing-ground.mjs';

const NODES = 10_000;
const CHANGES = 1_200;
const ARMS = ['ours', 'rrweb', 'again'];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const scripts = {
    masked: MASKED_RECORDER,
    plain: PLAIN_RECORDER,
    console: REPLAY_CONSOLE,
    stage: PLAIN_STAGE,
  };
  const files = { '/page': { type: 'text/html', text: `<!doctype html><body>${bodyOf(NODES)}</body>` } };
  for (const [name, source] of Object.entries(scripts)) {
    files[`/${name}.js`] = { type: 'text/javascript', text: await bundleText(source) };
    files[`/${name}`] = {
      type: 'text/html',
      text: `<!doctype html><body><script src="/${name}.js"></script></body>`,
    };
  }
  const pages = await servePages(files);
  const replay = await startReplay(`http://console.localhost:${pages.port}`);
  const browser = await launchChromium();
  const ground = { browser, port: pages.port, replayOrigin: replay.replayOrigin };
  try {
    progress('recording the same changes twice');
    const recorded = {
      ours: await recordChanges(ground, 'masked'),
      rrweb: await recordChanges(ground, 'plain'),
    };
    for (const arm of ['ours', 'rrweb']) await play(ground, arm, recorded[arm]);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const each = {};
      for (const arm of round % 2 === 0 ? ARMS : ARMS.toReversed()) {
        const name = arm === 'again' ? 'rrweb' : arm;
        each[arm] = await play(ground, name, recorded[name]);
      }
      measured.push(each);
    }
    return rowsOf(measured);
  } finally {
    await browser.close();
    await replay.app.close();
    await pages.close();
  }
}

function rowsOf(measured) {
  const pairs = (ours, of) => measured.map((each) => ({ ours: of(each[ours]), baseline: of(each.rrweb) }));
  const changes = ({ changesUs }) => changesUs;
  return [
    rowOf('replay/rrweb/script-per-event', 'us a change', pairs('ours', changes)),
    figureOf(
      'replay/check-per-event',
      'us a change',
      measured.map(({ ours }) => ours.checkUs),
    ),
    rowOf(
      'replay/rrweb/snapshot-script',
      'ms',
      pairs('ours', ({ snapshotMs }) => snapshotMs),
    ),
    figureOf(
      'replay/longest-slice',
      'ms',
      measured.map(({ ours }) => ours.longestMs),
    ),
    figureOf(
      'replay/rrweb-longest-slice',
      'ms',
      measured.map(({ rrweb }) => rrweb.longestMs),
    ),
    rowOf('replay/a-vs-a', 'us a change', pairs('again', changes)),
  ];
}

async function recordChanges({ browser, port }, recorder) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`http://shop.localhost:${port}/page`);
  await page.addScriptTag({ url: `/${recorder}.js` });
  await page.waitForFunction(() => window.corpus.snapshot?.some(({ type }) => type === 2));
  await page.evaluate(changeSteadily, { count: CHANGES, perSecond: 400 });
  await page.waitForTimeout(200);
  const corpus = await page.evaluate(() => window.corpus);
  const wanted = await page.evaluate(fingerprint, { side: 'visitor' });
  await page.close();
  return { ...corpus, wanted };
}

async function play(ground, arm, recorded) {
  const { browser, port, replayOrigin } = ground;
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    await page.goto(`http://console.localhost:${port}/${arm === 'ours' ? 'console' : 'stage'}`);
    await page.evaluate((given) => window.prepare(given), { replayOrigin });
    const frame =
      arm === 'ours' ? page.frames().find((each) => each.url().startsWith(replayOrigin)) : page.mainFrame();
    const clock = await scriptClock(page.context(), arm === 'ours' ? frame : page);
    await frame.evaluate(noteLongestTask);
    const checked = await page.evaluate((given) => window.take(given), recorded);
    const began = await clock.readMs();
    await page.evaluate(() => window.playSnapshot());
    await frame.waitForFunction(whole, undefined, { polling: 100 });
    // What is built has to be laid out as well.
    await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    const built = await clock.readMs();
    await page.evaluate(() => window.playChanges());
    await frame.waitForFunction(() => window.isDone?.() ?? true, undefined, { polling: 100 });
    await page.waitForTimeout(300);
    const ended = await clock.readMs();
    // Of the snapshot and of the changes.
    const longestMs = await frame.evaluate(() => window.longestTask());
    await requireSame(frame, recorded.wanted);
    return {
      longestMs,
      snapshotMs: built - began,
      changesUs: (1000 * (ended - built)) / CHANGES,
      checkUs: (1000 * checked.checkMs) / CHANGES,
    };
  } finally {
    await page.close();
  }
}

async function requireSame(frame, wanted) {
  const shown = await frame.evaluate(fingerprint, { side: 'replay' });
  const at = wanted.findIndex((each, index) => each !== shown[index]);
  if (wanted.length === shown.length && at < 0) return;
  throw new Error(`the replay is not the page: ${wanted[at]} is shown as ${shown[at]}`);
}

/** Stands for itself: it is sent into the replay. */
function whole() {
  return [...document.querySelectorAll('iframe')].some((each) =>
    each.contentDocument?.querySelector('main > :last-child > button'),
  );
}
