/** A slow device with a page that never rests: the recorder gives way, and the view is right once it is calm. */

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { zoo } from '../packages/testkit/zoo/zoo.js';
import { ZooServer } from '../packages/testkit/zoo/zoo-server.js';
import { expect, test } from './fixtures.js';
import { comparePages } from './zoo/compare-pages.js';
import type { BusyWindow } from './zoo/keep-busy.js';
import { keepBusy } from './zoo/keep-busy.js';
import { ZooVisit } from './zoo/zoo-visit.js';

const SLOWER = 6;
const CHANGES_PER_S = 500;
/** Until the recorder has found its pace. */
const SETTLE_MS = 4_000;
const MEASURE_MS = 3_000;
const ROUNDS = 5;
const PAGE = 'moves';

/** The recorder alone, with what sealing costs the page: the agent's side would take from the same processors. */
const recorderScript = `
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  import { Recorder } from './visitor-sdk/src/cobrowse/recorder.ts';
  const policy = { text: 'shown', maskSelectors: [], blockSelectors: [], allowSelectors: [], noControlSelectors: [] };
  const dom = takePristineDom(window);
  window.sent = { messages: 0 };
  window.record = () => {
    const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
    const send = (events) => { window.sent.messages += JSON.stringify(events).length > 0 ? 1 : 0; };
    const sink = { push: send, snapshot: send, needSnapshot: () => recorder.takeSnapshot(), behind: false };
    const recorder = new Recorder({ window, dom, rules, sink, moving: async () => movingPart, policies: () => [policy], sendAsset: () => undefined });
    recorder.start();
    return () => recorder.stop();
  };
`;
type RecordingWindow = BusyWindow & {
  readonly sent: { readonly messages: number };
  record(): () => void;
};

interface Round {
  /** Frames a second. */
  readonly alone: number;
  readonly recorded: number;
  readonly changesPerS: number;
  readonly messagesPerS: number;
}

async function measureRound(page: Page): Promise<Round> {
  return page.evaluate(
    async ({ settleMs, measureMs }) => {
      const { busy, sent, record } = window as unknown as RecordingWindow;
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const measure = async () => {
        const before = { ...busy, ...sent };
        const begin = performance.now();
        await wait(measureMs);
        const perS = (count: number) => (count * 1000) / (performance.now() - begin);
        return {
          frames: perS(busy.frames - before.frames),
          changes: perS(busy.changes - before.changes),
          messages: perS(sent.messages - before.messages),
        };
      };
      await wait(settleMs / 4);
      const alone = await measure();
      const stop = record();
      await wait(settleMs);
      const recorded = await measure();
      stop();
      return {
        alone: alone.frames,
        recorded: recorded.frames,
        changesPerS: Math.min(alone.changes, recorded.changes),
        messagesPerS: recorded.messages,
      };
    },
    { settleMs: SETTLE_MS, measureMs: MEASURE_MS },
  );
}

function lineOf({ alone, recorded, messagesPerS }: Round): string {
  return `${alone.toFixed(1)} frames a second alone, ${recorded.toFixed(1)} recorded in ${messagesPerS.toFixed(1)} messages`;
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

async function bundledRecorder(): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: recorderScript, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    conditions: ['source'],
  });
  return outputFiles[0]?.text ?? '';
}

test('a page on a slow device draws its frames although it is recorded', async ({ people }) => {
  test.setTimeout(120_000);
  const server = await ZooServer.start(new Map());
  try {
    const page = await (await people.context({ viewport: { width: 800, height: 600 } })).newPage();
    await page.goto(`${server.origin}/page/${PAGE}`);
    await page.addScriptTag({ content: await bundledRecorder() });
    await slowDown(page, SLOWER);
    await page.evaluate(keepBusy, { perSecond: CHANGES_PER_S, rows: 60 });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(page));
    for (const round of rounds) process.stdout.write(`${lineOf(round)}\n`);
    // What else the machine does takes frames from either: the best rounds are those without it.
    const alone = Math.max(...rounds.map((round) => round.alone));
    const recorded = Math.max(...rounds.map((round) => round.recorded));
    expect(Math.min(...rounds.map(({ changesPerS }) => changesPerS))).toBeGreaterThan(0.9 * CHANGES_PER_S);
    expect(recorded / alone, 'frames of those without a recorder').toBeGreaterThan(0.9);
    // Changes are sent together: the recorder has given way.
    expect(Math.max(...rounds.map(({ messagesPerS }) => messagesPerS))).toBeLessThan(CHANGES_PER_S / 5);
  } finally {
    await server.stop();
  }
});

test('a view of a busy page says that it is late, and is the page once it is calm', async ({
  people,
  service,
}) => {
  test.setTimeout(180_000);
  const shown = zoo.find(({ name }) => name === PAGE);
  if (shown === undefined) throw new Error('The zoo has no such page.');
  const visit = await ZooVisit.begin(people, service);
  try {
    const { page } = visit.visitor;
    await visit.open(shown);
    await visit.agent.expectPlayer('live');
    await slowDown(page, 2 * SLOWER);
    await page.evaluate(keepBusy, { perSecond: 4 * CHANGES_PER_S, rows: 200 });
    await visit.agent.expectPlayer('catchingUp');
    await page.evaluate(() => (window as unknown as BusyWindow).rest());
    await slowDown(page, 1);
    await expect
      .poll(
        async () => {
          const [ours, theirs] = await Promise.all([visit.read('visitor'), visit.read('replay')]);
          if (ours === undefined || theirs === undefined) return ['nothing is shown'];
          return comparePages(ours, theirs, visit.kept).differences;
        },
        { message: 'the view is the page once it is calm', timeout: 15_000 },
      )
      .toEqual([]);
    await visit.agent.expectPlayer('live');
  } finally {
    await visit.end();
  }
});
