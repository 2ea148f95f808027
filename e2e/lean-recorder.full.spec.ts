/** What the build leaves out of rrweb changes nothing of what it records: both tell the same of the zoo's pages. */

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { buildApps } from '../packages/testkit/zoo/build-apps.js';
import { zoo } from '../packages/testkit/zoo/zoo.js';
import type { ZooPage } from '../packages/testkit/zoo/zoo-page.js';
import { ZooServer } from '../packages/testkit/zoo/zoo-server.js';
import { leanRecorder, wholeRecorder } from '../visitor-sdk/lean-recorder.mjs';
import { drivePage } from './zoo/drive-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** As the SDK reads the page, before anything is masked. */
const script = (name: string) => `
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  import { PageReader } from './visitor-sdk/src/cobrowse/page-reader.ts';
  const policy = { text: 'shown', maskSelectors: [], blockSelectors: [], allowSelectors: [], noControlSelectors: [] };
  const dom = takePristineDom(window);
  const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
  const told = [];
  const reader = new PageReader({
    rules,
    dom,
    onEvent: ({ type, data }) => told.push(JSON.stringify({ type, data })),
    onFailed: () => told.push('failed'),
  });
  // What would be read in parts is read at once.
  const start = () => void reader.start()?.readOn(() => true);
  window.${name} = { reader: { start, snapshot: () => reader.snapshot(), stop: () => reader.stop() }, told };
`;

interface Told {
  readonly reader: { start(): void; snapshot(): void; stop(): void };
  readonly told: string[];
}
type Recorded = Window & { readonly whole: Told; readonly lean: Told };

/**
 * rrweb gathers positions, scrolling and media by its clock, and two of them do not tick as one. Of the sheets that a
 * document adopts only the one that began last hears.
 */
const APART = /^\{"type":3,"data":\{"source":(?:1|3|6|7|12|15),/;

const scripts: string[] = [];
let server: ZooServer | undefined;

test.beforeAll(async () => {
  const recorders = [
    ['whole', wholeRecorder()],
    ['lean', leanRecorder()],
  ] as const;
  for (const [name, plugin] of recorders) {
    const { outputFiles } = await build({
      stdin: { contents: script(name), resolveDir: root, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['source'],
      plugins: [plugin],
    });
    scripts.push(outputFiles[0]?.text ?? '');
  }
  server = await ZooServer.start(await buildApps());
});

test.afterAll(() => server?.stop());

/** Recorders are gone with a document: pages that lead to another one are looked at up to there. */
const stays = ({ drive }: ZooPage) => drive.every((step) => !('go' in step));

for (const each of zoo.filter(stays)) {
  test(`the same is told of ${each.name}`, async ({ page }) => {
    await page.goto(`${server?.origin}/page/${each.name}`);
    await page.waitForLoadState('load');
    for (const text of scripts) await page.evaluate(text);
    await inBoth(page, 'start');
    await drivePage(page, each.drive);
    await inBoth(page, 'snapshot');
    await inBoth(page, 'stop');
    const [whole, lean] = await page.evaluate(() => {
      const { whole, lean } = window as unknown as Recorded;
      return [whole.told, lean.told];
    });
    expect(kept(lean)).toEqual(kept(whole));
    expect(kept(whole).length).toBeGreaterThan(3);
  });
}

function inBoth(page: Page, what: 'start' | 'snapshot' | 'stop'): Promise<void> {
  return page.evaluate((name) => {
    const { whole, lean } = window as unknown as Recorded;
    whole.reader[name]();
    lean.reader[name]();
  }, what);
}

function kept(told: readonly string[] = []): string[] {
  return told.filter((event) => !APART.test(event));
}
