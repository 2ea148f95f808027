/**
 * That a bench did not win by being wrong: the replay is the masked page, node by node and text by text, and what
 * was planted on the page is neither among the bytes that left it nor in what the agent's browser was given.
 */
import { SECRET, SHOWN } from './bench-bodies.mjs';

/** What was changed last may still be on its way. */
const SETTLE_MS = 10_000;
const POLL_MS = 100;

/** Stands for itself: it is sent into the page. A masked text counts as one, whatever it is. */
export function fingerprint({ side }) {
  const skipped = new Set('script style noscript template link meta title head'.split(' '));
  const page =
    side === 'visitor'
      ? document
      : [...document.querySelectorAll('iframe')]
          .map((each) => each.contentDocument)
          .find((each) => each?.querySelector('h1'));
  const lines = [];
  const texts = (text, isMasked) => {
    if (isMasked || text.includes('\u2588')) lines.push('#masked');
    else if (text.trim() !== '') lines.push(`#${text.trim()}`);
  };
  const walk = (parent, isMasked) => {
    for (const node of parent.childNodes) {
      if (node.nodeType === 3) texts(node.nodeValue ?? '', isMasked && node.nodeValue?.trim() !== '');
      if (node.nodeType !== 1 || skipped.has(node.localName) || node.id === 'alongside-host') continue;
      // Alongside's own part of the page is an empty place in the replay.
      if (side === 'replay' && node.style?.display === 'none' && !node.hasChildNodes()) continue;
      // Beside the body there is only what Alongside adds.
      if (parent === page.documentElement && node.localName !== 'body') continue;
      lines.push(node.localName);
      if (node.localName !== 'textarea') walk(node, isMasked || node.matches('[data-alongside="mask"]'));
      lines.push('/');
    }
  };
  if (page?.documentElement === undefined) return [];
  walk(page.documentElement, false);
  return lines;
}

/** @param {{ visitor: import('playwright').Page, agent: import('playwright').Page, frame: import('playwright').Frame }} line */
export async function requireTrue({ visitor, agent, frame }) {
  const givenUpAt = performance.now() + SETTLE_MS;
  for (let wrong = await difference({ visitor, frame }); wrong !== undefined; ) {
    if (performance.now() > givenUpAt) throw new Error(`the replay is not the masked page: ${wrong}`);
    await visitor.waitForTimeout(POLL_MS);
    wrong = await difference({ visitor, frame });
  }
  await requireUnseen({ visitor, agent, frame });
}

async function difference({ visitor, frame }) {
  const wanted = await visitor.evaluate(fingerprint, { side: 'visitor' });
  const shown = await frame.evaluate(fingerprint, { side: 'replay' });
  const at = wanted.findIndex((each, index) => each !== shown[index]);
  if (wanted.length >= 20 && wanted.length === shown.length && at < 0) return undefined;
  return `${shown.length} of ${wanted.length}, ${wanted[at]} is shown as ${shown[at]}`;
}

async function requireUnseen({ visitor, agent, frame }) {
  const isOnPage = await visitor.evaluate(
    (secret) => document.documentElement.outerHTML.includes(secret),
    SECRET,
  );
  if (!isOnPage) throw new Error('nothing was planted on the page');
  const left = await sentBy(visitor, SECRET);
  if (left.bytes === 0) throw new Error('no frame was seen leaving the page');
  const isGiven = (text) => agent.evaluate((each) => JSON.stringify(window.shown).includes(each), text);
  if (!(await isGiven(SHOWN))) throw new Error('what the agent was given is not looked at');
  const drawn = await frame.evaluate(
    (secret) =>
      [...document.querySelectorAll('iframe')].some((each) =>
        each.contentDocument?.documentElement.outerHTML.includes(secret),
      ),
    SECRET,
  );
  if (left.leaks > 0 || drawn || (await isGiven(SECRET)))
    throw new Error('a planted secret has left the page');
}

/** How many bytes of frames have left a page, from whichever of its threads, and how many messages hold the secret. */
export async function sentBy(page, secret) {
  const each = await Promise.all(
    [page, ...page.workers()].map((thread) => thread.evaluate(searchSent, secret)),
  );
  return {
    bytes: each.reduce((sum, { bytes }) => sum + bytes, 0),
    leaks: each.reduce((sum, { leaks }) => sum + leaks, 0),
  };
}

/** Stands for itself: it is sent into the thread. */
function searchSent(secret) {
  const text = (data) => (typeof data === 'string' ? data : new TextDecoder('latin1').decode(data));
  return {
    bytes: globalThis.sent.reduce((sum, data) => sum + (data.byteLength ?? 0), 0),
    leaks: globalThis.sent.filter((data) => text(data).includes(secret)).length,
  };
}

/** The same search finds the secret where nothing is masked: otherwise it would show nothing. */
export async function requireDetector(visitor) {
  if ((await sentBy(visitor, SECRET)).leaks === 0)
    throw new Error('the search for planted secrets finds none where there are some');
}
