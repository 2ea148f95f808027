/**
 * Our recorder tells of the zoo's pages what rrweb's tells of them. What was told change by change is the page that
 * rrweb reads as a whole in the end, and so is our own snapshot; the same is told of what the visitor does.
 */

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { buildApps } from '../packages/testkit/zoo/build-apps.js';
import { zoo } from '../packages/testkit/zoo/zoo.js';
import type { ZooPage } from '../packages/testkit/zoo/zoo-page.js';
import { ZooServer } from '../packages/testkit/zoo/zoo-server.js';
import type { Outline } from '../visitor-sdk/test/told-page.js';
import { ToldPage } from '../visitor-sdk/test/told-page.js';
import { drivePage } from './zoo/drive-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Both as the SDK reads a page; each is masked by itself, by its own numbers. */
const script = `
  import { record } from '@rrweb/record';
  import { CssJudge } from './visitor-sdk/src/cobrowse/masking/css/css-judge.ts';
  import { LivePage } from './visitor-sdk/src/cobrowse/masking/live-page.ts';
  import { Masker } from './visitor-sdk/src/cobrowse/masking/masker.ts';
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import { PageReader, pageNumbers } from './visitor-sdk/src/cobrowse/page-reader.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  const policy = { text: 'shown', maskSelectors: [], blockSelectors: [], allowSelectors: ['form'], noControlSelectors: [] };
  const dom = takePristineDom(window);
  const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
  function told(numbers, again) {
    const events = [];
    const masker = new Masker({
      page: new LivePage({ window, dom, rules, numbers, onDrawn() {} }),
      judge: new CssJudge((property, value) => CSS.supports(property, value), (condition) => CSS.supports(condition)),
      assets: { reference: () => undefined },
      readForeignSheet() {},
      now: () => Date.now(),
      onSnapshotNeeded: () => queueMicrotask(again),
    });
    const take = (event) => {
      rules.forget();
      for (const { type, data } of masker.mask(event)) events.push(structuredClone({ type, data }));
      rules.forget();
    };
    return { events, take, masker };
  }
  const rrweb = told(record.mirror, () => record.takeFullSnapshot(true));
  const ours = told(pageNumbers, () => reader.snapshot());
  let failed = 0;
  const reader = new PageReader({ rules, dom, onEvent: ours.take, onChanging() {}, onFailed: () => { failed += 1; } });
  window.recorded = {
    start() {
      record({
        emit: rrweb.take, blockSelector: rules.blockSelector, slimDOMOptions: { script: true, comment: true },
        inlineStylesheet: true, keepIframeSrcFn: () => false,
        sampling: { mousemove: 8, mousemoveCallback: 8, scroll: 33, media: 500 },
      });
      if (reader.start() !== undefined) reader.snapshot();
    },
    wholeByRrweb: () => record.takeFullSnapshot(true),
    wholeByOurs: () => reader.snapshot(),
    state: () => ({ rrweb: rrweb.events, ours: ours.events, failed: failed + ours.masker.counts.failed }),
  };
`;

interface RecordedEvent {
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Recorded {
  readonly rrweb: readonly RecordedEvent[];
  readonly ours: readonly RecordedEvent[];
  readonly failed: number;
}
type RecordedWindow = Window & {
  readonly recorded: { start(): void; wholeByRrweb(): void; wholeByOurs(): void; state(): Recorded };
};

const SNAPSHOT = 2;
const MUTATION = 0;
const MOUSE = 2;
const INPUT = 5;
/**
 * Stand-ins are numbered as they are met, positions are told by events of their own, what plays goes on, and a sheet's
 * text is either its element's or that of the texts in it.
 */
const UNTOLD = /^(?:id|href|xlink:href|_cssText|data-alongside-emptied|rr_scroll\w+|rr_mediaCurrentTime)$/;
/**
 * What is typed and chosen, what plays and what has the focus is no change of the tree: events and `watching/` tell of
 * it. How a dialog was opened stays written on it after it has been closed.
 */
const STATES = new RegExp(
  `${UNTOLD.source}|^(?:value|checked|selected|rr_mediaState|rr_open_mode|data-alongside-state)$`,
);
/** What is pressed. Numbers of nodes are each recorder's own. */
const PRESSED = ['type', 'x', 'y', 'pointerType'];

/** A table of 20,000 nodes is read, masked and compared whole several times, beside other tests. */
test.describe.configure({ timeout: 240_000 });
const EQUAL_MS = 90_000;

let program = '';
let server: ZooServer | undefined;

test.beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source'],
  });
  program = outputFiles[0]?.text ?? '';
  server = await ZooServer.start(await buildApps());
});

test.afterAll(() => server?.stop());

/** Recorders are gone with a document: a page that is loaded anew is left out. */
const stays = ({ drive }: ZooPage) => drive.every((step) => !('reload' in step));
/** That a page of another origin has come into a frame, and that a picture has been drawn, is told by what masks them. */
const TOLD_OTHERWISE = new Set(['frame-foreign-late', 'image-kinds']);

for (const each of zoo.filter((page) => stays(page) && !TOLD_OTHERWISE.has(page.name))) {
  test(`the same is told of ${each.name}`, async ({ page }) => {
    await page.goto(`${server?.origin}/page/${each.name}`);
    await page.waitForLoadState('load');
    await page.evaluate(program);
    await page.evaluate(() => (window as unknown as RecordedWindow).recorded.start());
    await drivePage(page, each.drive);
    await becomesEqual(page, STATES);
    await page.evaluate(() => (window as unknown as RecordedWindow).recorded.wholeByOurs());
    await becomesEqual(page, UNTOLD);
    const { ours, rrweb, failed } = await state(page);
    expect(failed).toBe(0);
    expect(pressed(ours)).toEqual(pressed(rrweb));
    // What a script sets without a word is looked for by others (\x).
    const typed = new Set(inputs(rrweb));
    expect(inputs(ours).filter((input) => !typed.has(input))).toEqual([]);
  });
}

/** What is in frames is told a task later. */
async function becomesEqual(page: Page, apart: RegExp): Promise<void> {
  await expect(async () => {
    await page.evaluate(() => (window as unknown as RecordedWindow).recorded.wholeByRrweb());
    await page.evaluate(() => new Promise((resolve) => setTimeout(() => setTimeout(resolve, 50), 50)));
    const { ours, rrweb } = await state(page);
    expect(plain(shown(ours), apart)).toEqual(plain(shown(rrweb), apart));
  }).toPass({ timeout: EQUAL_MS });
}

function state(page: Page): Promise<Recorded> {
  return page.evaluate(() => (window as unknown as RecordedWindow).recorded.state());
}

/** The page as it was told since the last snapshot. */
function shown(events: readonly RecordedEvent[]): Outline {
  const told = new ToldPage();
  const last = events.findLastIndex(({ type }) => type === SNAPSHOT);
  // Ours have to hold from the first one on; a replay begins with any.
  for (const { type, data } of events.slice(Math.max(last, 0))) {
    if (type === SNAPSHOT) told.snapshot(data.node);
    else if (type === 3 && data.source === MUTATION) told.mutation(data);
  }
  return told.outline();
}

const pick = (data: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  JSON.stringify(names.map((name) => data[name]));
const pressed = (events: readonly RecordedEvent[]) =>
  events
    .filter(({ type, data }) => type === 3 && data.source === MOUSE)
    .map(({ data }) => pick(data, PRESSED));
const inputs = (events: readonly RecordedEvent[]) =>
  events
    .filter(({ type, data }) => type === 3 && data.source === INPUT)
    .map(({ data }) => pick(data, ['text', 'isChecked']));

function plain([what, attributes, shadow, inside]: Outline, apart: RegExp): Outline {
  // That an element has been defined since it was told of is told by an event.
  const { textContent, isCustom: _, ...kind } = what as Readonly<Record<string, unknown>>;
  // The window's title is shown nowhere.
  const isApart = kind.tagName === 'style' || kind.tagName === 'title';
  const kept = Object.entries(attributes as Readonly<Record<string, unknown>>)
    .filter(([name]) => !apart.test(name))
    .map(([name, value]) => [name, String(value).replace(/url\("#[^"]*"\)/g, 'url()')] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const text =
    textContent === undefined ? {} : { textContent: String(textContent).replace(/\u2588+/g, '\u2588') };
  return [
    { ...kind, ...text },
    Object.fromEntries(kept),
    shadow.map((each) => plain(each, apart)),
    isApart ? [] : inside.map((each) => plain(each, apart)),
  ];
}
