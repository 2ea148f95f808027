/** A page with our co-browse on it as an agent's side would see it: all that would leave, kept as text. */

import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { IntentAnswer, MaskingPolicy } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';

/** What runs in the page: our recorder, or rrweb alone. */
const pageScript = `
  import { startCobrowse } from './visitor-sdk/src/cobrowse/cobrowse-controller.ts';
  import * as controlPart from './visitor-sdk/src/cobrowse/control/control-part.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import { numberOf } from './visitor-sdk/src/cobrowse/page-reader.ts';
  import { record } from '@rrweb/record';
  const out = [];
  const keep = (events) => {
    test.batches += 1;
    for (const event of events) out.push(JSON.stringify(event));
  };
  let ref = 0;
  let nowMs = 1000;
  const test = {
    out, batches: 0, asked: 0, answers: [], controller: undefined,
    start(policy, excluded) {
      test.controller = startCobrowse({
        window, policy, excluded, now: () => (nowMs += 200),
        sender: {
          behind: false, send: keep, snapshot: (events) => { keep(events); return true; },
          resync: () => { test.asked += 1; }, answer: (slot, body) => { test.answers.push(JSON.stringify(body)); },
          sendAsset() {}, viewAgeMs: () => 0,
        },
        leases: { all: () => [{ lease: 7, agentId: 'aki', expiresAtMs: Infinity,
          kinds: ['point', 'draw', 'scroll', 'click', 'type', 'navigate'] }] },
        control: async () => controlPart, moving: async () => movingPart,
        hooks: { watchers: () => [1, 2], say() {}, agentName: () => 'Aki', confirm: async () => false, onDoubt() {}, onIntent() {} },
      });
      test.controller.watch(true);
      test.controller.takeSnapshot();
    },
    idOf(node) { return numberOf(node) ?? -1; },
    async act(intent, body) {
      ref += 1;
      await test.controller.intent({ slot: 1, agent: 'aki', intent, lease: 7, seenEpoch: 1, seenSequence: 1, body: { kind: intent, ref, ...body } });
      return test.answers.map((answer) => JSON.parse(answer)).find((answer) => answer.ref === ref);
    },
    startPlain() { record({ emit: (event) => keep([event]), recordCanvas: true, collectFonts: true }); },
    snapshotPlain() { record.takeFullSnapshot(true); },
  };
  window.recording = test;
`;

interface Recording {
  readonly out: string[];
  /** Each is a frame on the wire. */
  readonly batches: number;
  readonly asked: number;
  readonly answers: string[];
  readonly controller: {
    takeSnapshot(): void;
    stop(): void;
    useRules(policies: readonly unknown[]): void;
    outline(onCounts: (counts: Readonly<Record<string, number>>) => void): Promise<void>;
    readonly counts: { dropped: number; failed: number };
  };
  start(policy: unknown, excluded: readonly Element[]): void;
  idOf(node: Node): number;
  act(intent: string, body: unknown): Promise<IntentAnswer | undefined>;
  startPlain(): void;
  snapshotPlain(): void;
}
export type TestWindow = Window & typeof globalThis & { readonly recording: Recording };

const root = fileURLToPath(new URL('../..', import.meta.url));
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const masksAll: MaskingPolicy = {
  text: 'masked',
  maskSelectors: [],
  blockSelectors: [],
  allowSelectors: [],
  noControlSelectors: [],
};
export const showsTexts: MaskingPolicy = { ...masksAll, text: 'shown' };

export class RecordedPage {
  readonly #server: Server;
  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Serves the page under every path but those of frames, images and what is not there. */
  static async serve(html: string | (() => string)): Promise<RecordedPage> {
    const bundle = await build({
      stdin: { contents: pageScript, resolveDir: root, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['source'],
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const script = bundle.outputFiles[0]?.text ?? '';
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const found = answerTo(pathname, { html: typeof html === 'string' ? html : html(), script });
      response.statusCode = found === undefined ? 404 : 200;
      response.setHeader('content-type', found?.type ?? 'text/plain');
      response.end(found?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RecordedPage(server);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function answerTo(
  path: string,
  { html, script }: { readonly html: string; readonly script: string },
): { readonly type: string; readonly body: string | Buffer } | undefined {
  if (path === '/recording.js') return { type: 'text/javascript', body: script };
  if (path === '/pixel.png') return { type: 'image/png', body: pixel };
  if (path === '/frame') return { type: 'text/html; charset=utf-8', body: '<p>frame</p>' };
  return path.includes('.') || path === '/none'
    ? undefined
    : { type: 'text/html; charset=utf-8', body: html };
}

export async function startRecording(page: Page, policy: MaskingPolicy): Promise<void> {
  await page.evaluate((rules) => (window as unknown as TestWindow).recording.start(rules, []), policy);
}

/** Everything that has left so far, once the last change of the page has. */
export async function whatLeft(page: Page): Promise<string> {
  await settle(page);
  return page.evaluate(() => (window as unknown as TestWindow).recording.out.join('\n'));
}

let marks = 4000;

/** Waits until the last change has been recorded: a mark that is put in as plain structure. */
export async function settle(page: Page): Promise<void> {
  marks += 1;
  await page.evaluate((mark) => {
    const last = document.createElement('hr');
    last.setAttribute('rowspan', String(mark));
    document.body.append(last);
  }, marks);
  await page.waitForFunction(
    (mark) =>
      (window as unknown as TestWindow).recording.out.some((event) => event.includes(`"rowspan":"${mark}"`)),
    marks,
  );
}
