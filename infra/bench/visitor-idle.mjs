/**
 * What the script tag costs a visitor whom nobody watches: a page of 10,000 nodes that changes 500 times a second,
 * with the tag as it is delivered and its button shown, against the same page without it. The observers that are at
 * work are counted, and the bytes that go over the network while the page is left alone.
 */
import { bodyOf } from './bench-bodies.mjs';
import { serveIdlePages } from './idle-pages.mjs';
import { figureOf, rowOf } from './statistics.mjs';
import { changeSteadily } from './steady-changes.mjs';

const NODES = 10_000;
const CHANGES = 750;
const PER_SECOND = 500;
const ARMS = ['with', 'without', 'again'];
const MINUTE_MS = 60_000;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const ground = await serveIdlePages(bodyOf(NODES));
  try {
    const pages = {
      with: await ground.open('/with', 'with'),
      without: await ground.open('/without', 'without'),
      again: await ground.open('/without', 'again'),
    };
    for (const arm of ARMS) await scriptMs(pages[arm]);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      if (round % 5 === 0) progress(`round ${round + 1} of ${rounds}`);
      const each = {};
      for (const arm of turned(round)) each[arm] = await scriptMs(pages[arm]);
      measured.push(each);
    }
    progress(`${MINUTE_MS / 1000} s on the network`);
    const bytes = await bytesWhile(pages.with, () => pages.with.page.waitForTimeout(MINUTE_MS));
    const observers = await pages.with.page.evaluate(() => window.observing.size);
    const none = await pages.without.page.evaluate(() => window.observing.size);
    const names = await pages.with.page.evaluate(() =>
      [...window.observing].map((each) => each.constructor.name),
    );
    if (observers > none) progress(`observing: ${names.join(', ')}`);
    /** Each round is a second and a half of little work: all of them together tell it better than their median. */
    const pairs = (ours) => {
      const all = (arm) => measured.reduce((sum, each) => sum + each[arm], 0);
      return [{ ours: all(ours), baseline: all('without') }];
    };
    return [
      rowOf('visitor-idle/no-sdk/script', 'ms', pairs('with')),
      figureOf('visitor-idle/observers', 'observers', [observers - none]),
      figureOf('visitor-idle/bytes-a-minute', 'bytes', [bytes]),
      rowOf('visitor-idle/a-vs-a', 'ms', pairs('again')),
    ];
  } finally {
    await ground.close();
  }
}

/** Each arm has each place in the order equally often, forwards and backwards. */
function turned(round) {
  const order = ARMS.map((_, at) => ARMS[(at + (round >> 1)) % ARMS.length]);
  return round % 2 === 0 ? order : order.toReversed();
}

function scriptMs({ page, clock }) {
  return clock.spentMs(() => page.evaluate(changeSteadily, { count: CHANGES, perSecond: PER_SECOND }));
}

async function bytesWhile({ clock: { session } }, wait) {
  let bytes = 0;
  const length = ({ response }) => response.payloadData.length;
  session.on('Network.dataReceived', ({ encodedDataLength, dataLength }) => {
    bytes += Math.max(encodedDataLength, dataLength);
  });
  session.on('Network.requestWillBeSent', ({ request }) => {
    bytes += request.url.length + (request.postData?.length ?? 0);
  });
  session.on('Network.webSocketFrameSent', (event) => {
    bytes += length(event);
  });
  session.on('Network.webSocketFrameReceived', (event) => {
    bytes += length(event);
  });
  await session.send('Network.enable');
  await wait();
  await session.send('Network.disable');
  return bytes;
}
