/** Changes of a text on the visitor's page, and how long each takes until it is in the replay's DOM. */
import { openLine, WAIT_MS } from './viewing-ground.mjs';

/** Far enough apart that one change is on its way at a time, and no multiple of an animation frame. */
const GAP_MS = 37;

/** A watcher in the replay notes when each change is there; masking gives out other ids than the page's. */
async function watchReplay(frame) {
  await frame.waitForFunction(
    () =>
      [...document.querySelectorAll('iframe')].some(
        (each) => each.contentDocument?.querySelector('h1 + p') != null,
      ),
    undefined,
    { timeout: WAIT_MS, polling: 100 },
  );
  await frame.evaluate(() => {
    const replayed = [...document.querySelectorAll('iframe')]
      .map((each) => each.contentDocument)
      .find((each) => each?.querySelector('h1 + p'));
    window.seen = {};
    new MutationObserver((records) => {
      const now = performance.timeOrigin + performance.now();
      for (const { addedNodes } of records) {
        for (const { data } of addedNodes) if (/^m-\d+$/.test(data ?? '')) window.seen[data] ??= now;
      }
    }).observe(replayed.body, { subtree: true, childList: true });
  });
}

const BLOCKS_A_ROUND = 6;
const CHANGES_A_BLOCK = 20;
const WARM_UP = 60;

/**
 * The lines of a bench, open and warm; each has a host of its own, and with it a process of its own in each browser.
 *
 * @param {readonly { name: string, arm: string }[]} named
 */
export async function openLines(ground, named) {
  const lines = {};
  for (const { name, arm } of named) {
    lines[name] = await openLine(ground, { arm, body: 'page', host: `shop-${name}` });
    await watchReplay(lines[name].frame);
    await changeAndAwait(lines[name], WARM_UP);
  }
  return lines;
}

/** How long each change of each line took. Blocks of the lines follow one another forwards and then backwards. */
export async function waitsOfRound(lines, round) {
  const names = Object.keys(lines);
  const waits = Object.fromEntries(names.map((name) => [name, []]));
  for (let block = 0; block < BLOCKS_A_ROUND; block += 1) {
    const turned = names.map((_, at) => names[(at + round) % names.length]);
    for (const name of block % 2 === 0 ? turned : turned.toReversed()) {
      waits[name].push(...(await changeAndAwait(lines[name], CHANGES_A_BLOCK)));
    }
  }
  return waits;
}

async function changeAndAwait(line, count) {
  const { visitor, frame } = line;
  const from = line.changes ?? 1;
  line.changes = from + count;
  const made = await visitor.evaluate(
    ({ first, many, gapMs }) =>
      new Promise((resolve) => {
        const probe = document.getElementById('probe');
        const times = {};
        let at = first;
        const timer = setInterval(() => {
          times[`m-${at}`] = performance.timeOrigin + performance.now();
          probe.textContent = `m-${at}`;
          at += 1;
          if (at < first + many) return;
          clearInterval(timer);
          resolve(times);
        }, gapMs);
      }),
    { first: from, many: count, gapMs: GAP_MS },
  );
  const last = `m-${from + count - 1}`;
  await frame.waitForFunction((name) => window.seen[name] !== undefined, last, {
    timeout: WAIT_MS,
    polling: 20,
  });
  const seen = await frame.evaluate(() => window.seen);
  return waitsOf(made, seen, from);
}

/** A change is shown once it or a later one of the same text is: a busy page may leave one out that is over already. */
function waitsOf(made, seen, from) {
  const waits = [];
  let shownAt = Number.POSITIVE_INFINITY;
  for (let at = from + Object.keys(made).length - 1; at >= from; at -= 1) {
    shownAt = Math.min(shownAt, seen[`m-${at}`] ?? Number.POSITIVE_INFINITY);
    waits.push(shownAt - made[`m-${at}`]);
  }
  return waits;
}
