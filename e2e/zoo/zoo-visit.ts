/** One engagement in which an agent sees a visitor go through the zoo, page after page. */

import type { Frame, Page } from '@playwright/test';
import { buildApps } from '../../packages/testkit/zoo/build-apps.js';
import type { ZooPage } from '../../packages/testkit/zoo/zoo-page.js';
import { ZooServer } from '../../packages/testkit/zoo/zoo-server.js';
import type { AgentPage } from '../agent/agent-page.js';
import { expect } from '../agent/patient-expect.js';
import type { People } from '../fixtures.js';
import { openOwnSite } from '../service/own-site.js';
import type { Service } from '../service/service.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import { graftFrames } from './graft-frames.js';
import type { SeenPage } from './read-page.js';
import { readPage } from './read-page.js';

/** Small enough that the console shows it in its own size, so that the pictures can be laid over each other. */
export const VIEWPORT = { width: 800, height: 600 } as const;
const CONSOLE_VIEWPORT = { width: 1720, height: 1000 } as const;
/** Elements whose computed style is compared. */
const SAMPLES = 150;

export class ZooVisit {
  readonly server: ZooServer;
  readonly visitor: VisitorPage;
  readonly agent: AgentPage;
  /** Belongs to nobody: pictures are compared on it. */
  readonly table: Page;
  /** What the page that is open names as covered or masked. */
  kept: readonly string[] = [];

  private constructor(parts: { server: ZooServer; visitor: VisitorPage; agent: AgentPage; table: Page }) {
    this.server = parts.server;
    this.visitor = parts.visitor;
    this.agent = parts.agent;
    this.table = parts.table;
  }

  static async begin(people: People, service: Service): Promise<ZooVisit> {
    const server = await ZooServer.start(await buildApps());
    const { origins } = service;
    const { person, siteKey } = await openOwnSite(origins.console, [server.origin, server.farOrigin], {
      text: 'shown',
    });
    const scriptUrl = `${origins.console}/sdk/v1/loader.js`;
    server.embed({ scriptUrl, siteKey, liveOrigin: origins.live });
    const agent = await people.agent(person, { viewport: CONSOLE_VIEWPORT });
    await agent.becomeAvailable();
    const context = await people.context({ viewport: VIEWPORT });
    await openOwnShadowRoots(context);
    const visitor = new VisitorPage(await context.newPage());
    const table = await (await people.context()).newPage();
    const visit = new ZooVisit({ server, visitor, agent, table });
    await visit.#share();
    return visit;
  }

  async #share(): Promise<void> {
    const { visitor, agent } = this;
    await visitor.page.goto(`${this.server.origin}/page/moves`);
    await visitor.openPanel();
    await visitor.start({ message: 'Hello', name: 'Mira of the zoo' });
    await agent.accept('Mira of the zoo');
    await agent.askToSee();
    await visitor.agreeToShow();
    await agent.expectPlayer('live');
    await visitor.button(/^Close panel/).click();
  }

  /** Goes to the page, and waits until the agent sees it. */
  async open({ name, viewport = VIEWPORT, placeholders = {} }: ZooPage): Promise<void> {
    this.kept = Object.keys(placeholders);
    const { page } = this.visitor;
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    await page.setViewportSize({ width: viewport.width, height: viewport.height });
    await page.mouse.move(1, 1);
    await page.goto(`${this.server.origin}/page/${name}`);
    await expect
      .poll(() => this.#heading().catch(() => undefined), {
        message: `the agent sees ${name}`,
        timeout: 20_000,
      })
      .toBe(name);
  }

  async read(side: 'visitor' | 'replay'): Promise<SeenPage | undefined> {
    const options = { side, samples: SAMPLES, kept: this.kept };
    if (side === 'replay') return (await this.#frame())?.evaluate(readPage, options);
    const { page } = this.visitor;
    const seen = await page.evaluate(readPage, options);
    return seen && graftFrames(seen, page, options);
  }

  async pictures(): Promise<{ readonly visitor: Buffer; readonly replay: Buffer }> {
    const box = await this.agent.replay.frameElement.boundingBox();
    if (box === null) throw new Error('The replay is not on screen.');
    await this.visitor.page.evaluate(hideOwn);
    const common = { animations: 'disabled', caret: 'hide', scale: 'css' } as const;
    const [visitor, replay] = await Promise.all([
      this.visitor.page.screenshot(common),
      this.agent.page.screenshot({
        ...common,
        clip: box,
        style: '.replayer-mouse, [data-testid="page-overlay"] { visibility: hidden !important }',
      }),
    ]);
    return { visitor, replay };
  }

  async end(): Promise<void> {
    await this.server.stop();
  }

  async #heading(): Promise<string | undefined> {
    const frame = await this.#frame();
    return frame?.evaluate(() => {
      const inner = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
      return inner?.querySelector('h1')?.textContent ?? undefined;
    });
  }

  async #frame(): Promise<Frame | undefined> {
    const handle = await this.agent.replay.frameElement.elementHandle();
    return (await handle?.contentFrame()) ?? undefined;
  }
}

/** Alongside's own elements are no part of what is compared; a style of the page could not hide them. */
function hideOwn(): void {
  const root = document.querySelector('alongside-help')?.shadowRoot;
  if (!root || root.adoptedStyleSheets.some(({ cssRules }) => cssRules[0]?.cssText.includes('zoo-hidden')))
    return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('zoo-hidden { color: red } :host { opacity: 0 !important }');
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Lets the test press in the panel, and leaves the roots of the page as closed as they are. */
async function openOwnShadowRoots(context: Awaited<ReturnType<People['context']>>): Promise<void> {
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function attachOpen(init) {
      const isOwn = this.localName.startsWith('alongside-');
      return attach.call(this, isOwn ? { ...init, mode: 'open' } : init);
    };
  });
}
