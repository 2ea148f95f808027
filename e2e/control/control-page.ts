/** Co-browse on a page of its own, with an agent that the test plays: what is sent to it and what it answers. */

import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { IntentAnswer, IntentTarget, MaskingPolicy } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';

const pageScript = `
  import { startCobrowse } from './visitor-sdk/src/cobrowse/cobrowse-controller.ts';
  import * as controlPart from './visitor-sdk/src/cobrowse/control/control-part.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import { numberOf } from './visitor-sdk/src/cobrowse/page-reader.ts';
  import banner from './visitor-sdk/src/panel/styles/banner.css';
  import { clearOf } from './visitor-sdk/src/panel/sharing/clear-of.ts';
  const answers = [];
  const harness = {
    lease: { lease: 7, agentId: 'aki', expiresAtMs: Infinity,
      kinds: ['point', 'draw', 'scroll', 'click', 'type', 'navigate'] },
    doubts: 0, marked: [], said: [], loads: 0,
    nowMs: 1000, tickMs: 200, ageMs: 0, confirms: [], asking: [], confirmWith: true, happened: [], events: [], ref: 0,
    start(policy, origins) {
      harness.controller = startCobrowse({
        window, policy, ...(origins === undefined ? {} : { origins, moving: async () => movingPart }),
        excluded: [document.getElementById('panel')], now: () => harness.nowMs,
        sender: {
          behind: false, send: (events) => harness.events.push(...events),
          snapshot: (events) => { harness.events.push(...events); return true; }, resync() {},
          answer: (slot, body) => (harness[body.outcome] ?? answers).push(body), sendAsset() {}, viewAgeMs: () => harness.ageMs,
        },
        leases: { all: () => [harness.lease, harness.otherLease].filter((each) => each !== undefined) },
        control: async () => { harness.loads += 1; return controlPart; },
        hooks: {
          watchers: () => [1, 2], say: (message) => harness.said.push(message),
          agentName: () => 'Aki',
          clear: (marks) => (harness.panel === undefined ? [] : clearOf(harness.panel, marks)),
          confirm: async (request) => { harness.confirms.push(request); return harness.confirmWith; },
          onDoubt: () => { harness.doubts += 1; },
          onIntent: (happened) => harness.happened.push(happened),
        },
      });
      harness.controller.watch(true);
      harness.controller.takeSnapshot();
    },
    /** With the panel's own styles and its banner, where the page is about what lies beside it. */
    showBanner() {
      harness.panel = document.getElementById('panel').attachShadow({ mode: 'open' });
      harness.panel.innerHTML = '<style>' + banner + '</style><div class="panel"><section class="banner">'
        + '<div class="banner-row"><p class="banner-text">Aki sees this page</p><button class="stop">Stop</button></div></section></div>';
    },
    find(path) {
      let root = document; let found;
      for (const selector of path.split(' >> ')) {
        found = root?.querySelector(selector) ?? undefined;
        root = found?.shadowRoot ?? found?.contentDocument ?? found;
      }
      return found;
    },
    idOf(path) { return numberOf(path === 'document' ? document : harness.find(path)) ?? -1; },
    async send(intent, body, over = {}) {
      const ref = (harness.ref += 1);
      harness.nowMs += harness.tickMs;
      await harness.controller.intent({ slot: 1, agent: 'aki', intent, lease: 7, seenEpoch: 1, seenSequence: 1,
        body: { kind: intent, ref, ...body }, ...over });
      return answers.find((answer) => answer.ref === ref) ?? answers.at(-1);
    },
    async point(path) { return harness.send('point', { at: { id: harness.idOf(path), fx: 0.5, fy: 0.5 } }); },
  };
  window.harness = harness;
`;

export interface Harness {
  lease: unknown;
  otherLease: unknown;
  readonly doubts: number;
  readonly loads: number;
  readonly said: readonly string[];
  readonly marked: readonly IntentAnswer[];
  ageMs: number | undefined;
  confirmWith: boolean;
  readonly confirms: { readonly reason: string; readonly label: string }[];
  readonly asking: readonly IntentAnswer[];
  readonly events: unknown[];
  readonly happened: unknown[];
  readonly controller: {
    stop(): void;
    watch(watched: boolean): void;
    draw(act: 'take' | 'lay' | 'undo' | 'clear'): Promise<void>;
    leave(slot: number): void;
    showMarksTo(slot: number): void;
  };
  start(policy: unknown, origins?: readonly string[]): void;
  showBanner(): void;
  find(path: string): HTMLElement;
  idOf(path: string): number;
  send(intent: string, body: unknown, over?: unknown): Promise<IntentAnswer>;
  point(path: string): Promise<IntentAnswer>;
}
export type TestWindow = Window & typeof globalThis & { readonly harness: Harness; readonly log: string[] };

export async function bundled(contents: string, from: string): Promise<string> {
  const bundle = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(from, import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    loader: { '.css': 'text' },
    conditions: ['source', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

interface Opening {
  readonly policy: MaskingPolicy;
  readonly needs: string;
  /** Of the site: frames of them may join. */
  readonly origins?: readonly string[];
}

/** Serves one page, and the same under every other path, with the harness as `/harness.js`. */
export class ControlPage {
  readonly #server: Server;
  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** `pageScript` is the page's own, as `/page.js`; it may import what the page zoo may. */
  static async serve(
    html: string,
    { pageScript: own = '', files = new Map<string, string>() } = {},
  ): Promise<ControlPage> {
    const script = await bundled(pageScript, '../..');
    const ownScript = await bundled(own, '../../packages/testkit');
    const server = createServer((request, response) => {
      const scripts = new Map([
        ['/harness.js', script],
        ['/page.js', ownScript],
      ]);
      const { pathname } = new URL(request.url ?? '/', 'http://any.invalid');
      const text = scripts.get(pathname);
      response.setHeader('content-type', text === undefined ? 'text/html; charset=utf-8' : 'text/javascript');
      response.end(text ?? files.get(pathname) ?? html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ControlPage(server);
  }

  /** Begins co-browse on it, once everything the test needs is recorded. */
  async open(page: Page, { policy, needs, origins }: Opening): Promise<void> {
    // The overlay's closed root is opened for looking at it, as the panel's is in other tests.
    await page.addInitScript(() => {
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) {
        return attach.call(this, { ...init, mode: 'open' });
      };
    });
    await page.goto(this.origin);
    await page.waitForFunction(
      (path) => (window as unknown as TestWindow).harness.find(path) !== undefined,
      needs,
    );
    await page.evaluate(([rules, listed]) => (window as unknown as TestWindow).harness.start(rules, listed), [
      policy,
      origins,
    ] as const);
    await page.waitForFunction((path) => (window as unknown as TestWindow).harness.idOf(path) > 0, needs);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export async function targetOf(page: Page, path: string): Promise<IntentTarget> {
  const answer = await page.evaluate((at) => (window as unknown as TestWindow).harness.point(at), path);
  if (answer.outcome !== 'done' || answer.target === undefined) throw new Error(`no target for ${path}`);
  return answer.target;
}

export async function send(page: Page, intent: string, body: unknown, over: unknown = {}): Promise<string> {
  const answer = await page.evaluate(
    ([kind, content, changes]) => (window as unknown as TestWindow).harness.send(kind, content, changes),
    [intent, body, over] as const,
  );
  return answer.outcome === 'refused' ? answer.refusal : answer.outcome;
}

export async function click(page: Page, path: string, over: unknown = {}): Promise<string> {
  return send(page, 'click', { target: await targetOf(page, path), fx: 0.5, fy: 0.5 }, over);
}

export async function type(page: Page, path: string, text: string): Promise<string> {
  return send(page, 'type', { target: await targetOf(page, path), text });
}

export const log = (page: Page) => page.evaluate(() => (window as unknown as TestWindow).log);
export const setHarness = (page: Page, changes: Readonly<Record<string, unknown>>) =>
  page.evaluate((values) => {
    Object.assign((window as unknown as TestWindow).harness, values);
  }, changes);
