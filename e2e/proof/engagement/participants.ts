/** The two people of a run: each in a Chromium of their own with a profile that the detectors can search. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { AgentPage } from '../../agent/agent-page.js';
import type { SignIn } from '../../service/customer-api.js';
import { VisitorPage } from '../../visitor/visitor-page.js';
import type { ServiceUnderProof, WritablePlaces } from '../service-under-proof.js';
import type { Canaries } from './channels.js';
import { Departures } from './departures.js';
import { KeySpy } from './key-spy.js';
import { spyOnCalls } from './media-spy.js';
import { keepSockets, speakInCanaries } from './page-spies.js';
import type { ReachableFolder } from './reachable-folder.js';
import { reachableFolder } from './reachable-folder.js';
import { SQUARES, squaresOf } from './squares.js';
import { TONE_SECONDS, tonesOf } from './tones.js';
import { WireTap } from './wire-tap.js';

export interface BrowserUnderProof {
  /** Debian's Chromium where there is one; undefined for the one that Playwright brings along. */
  readonly executablePath: string | undefined;
  readonly args: readonly string[];
  /** What Playwright would add, and is not to. */
  readonly withoutArgs?: readonly string[];
  /** What the browsers see of the environment; home and temporary folders are the arena's. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Those that the journeys run with, and none that weakens what a browser keeps. */
export function browserFlags(isRoot: boolean): readonly string[] {
  return [
    // Chromium refuses its own sandbox to root.
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    // In a network of its own, a run has no other interface for voice and picture.
    '--allow-loopback-in-peer-connection',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ];
}

export class Participants {
  readonly departures: Departures;
  readonly tap: WireTap;
  readonly keys = new KeySpy();
  readonly visitorPage: Page;
  readonly visitor: VisitorPage;
  readonly #contexts: { readonly visitor: BrowserContext; readonly agent: BrowserContext };
  readonly #place: Place;
  readonly #temporary: ReachableFolder;
  #agent: AgentPage | undefined;
  #engagementId = '';
  readonly #askedByAgent = new Set<string>();
  #colleague: BrowserContext | undefined;

  private constructor(
    contexts: { visitor: BrowserContext; agent: BrowserContext },
    visitorPage: Page,
    left: {
      readonly temporary: ReachableFolder;
      readonly departures: Departures;
      readonly place: Place;
    },
  ) {
    this.#contexts = contexts;
    this.#temporary = left.temporary;
    this.departures = left.departures;
    this.#place = left.place;
    this.tap = new WireTap(left.departures);
    this.visitorPage = visitorPage;
    this.visitor = new VisitorPage(visitorPage);
  }

  static async open(
    browser: BrowserUnderProof,
    { places }: ServiceUnderProof,
    canaries: Canaries,
  ): Promise<Participants> {
    const temporary = await reachableFolder(places.temporary);
    const place = { browser, places: { ...places, temporary: temporary.path } };
    const [visitor, agent] = await Promise.all([
      openProfile(place, 'visitor', { width: 1280, height: 800 }),
      openProfile(place, 'agent', { width: 1440, height: 900 }),
    ]);
    const visitorPage = visitor.pages()[0] ?? (await visitor.newPage());
    const departures = new Departures(canaries.all);
    const participants = new Participants({ visitor, agent }, visitorPage, {
      ...{ temporary, departures, place },
    });
    const streamName = canaries.token('name of the stream in the media parameters');
    await VisitorPage.prepare(visitor);
    await Promise.all([participants.keys.watch(visitor), participants.keys.watch(agent)]);
    await Promise.all([keepSockets(visitor, streamName), keepSockets(agent, undefined)]);
    await speakInCanaries(visitor, {
      ...{ tones: tonesOf(canaries.token('sound in tones')), toneSeconds: TONE_SECONDS },
      ...{ squares: squaresOf(canaries.token('picture in squares')), across: SQUARES.across },
    });
    await Promise.all([spyOnCalls(visitor), spyOnCalls(agent)]);
    participants.tap.follow(visitorPage, 'visitor');
    return participants;
  }

  get agent(): AgentPage {
    if (this.#agent === undefined) throw new Error('No agent has signed in.');
    return this.#agent;
  }

  /** Known once an agent has accepted it. */
  get engagementId(): string {
    return this.#engagementId;
  }

  accepted(): void {
    this.#engagementId = this.agent.engagementId;
  }

  get visitorContext(): BrowserContext {
    return this.#contexts.visitor;
  }

  get agentContext(): BrowserContext {
    return this.#contexts.agent;
  }

  /** What the agent's browser has asked of the visitor's site, which it has to leave alone. */
  get askedByAgent(): readonly string[] {
    return [...this.#askedByAgent].sort();
  }

  /** Has to come before the agent's first page. */
  watchAgent(siteOrigin: string): void {
    this.#watch(this.#contexts.agent, siteOrigin);
  }

  #watch(context: BrowserContext, siteOrigin: string): void {
    context.on('request', (request) => {
      if (new URL(request.url()).origin === siteOrigin) this.#askedByAgent.add(request.resourceType());
    });
  }

  async signIn(person: SignIn, consoleOrigin: string): Promise<void> {
    const { agent } = this.#contexts;
    const page = agent.pages()[0] ?? (await agent.newPage());
    this.tap.follow(page, 'agent');
    this.#agent = new AgentPage(page, { console: consoleOrigin, person });
    await this.#agent.signIn();
    await this.#agent.becomeAvailable();
  }

  /** The same agent in another window, from where the engagement goes on. */
  async openSecondWindow(consoleOrigin: string): Promise<void> {
    const former = this.agent;
    const page = await this.#contexts.agent.newPage();
    this.tap.follow(page, 'agent');
    await page.goto(former.page.url());
    this.#agent = new AgentPage(page, { console: consoleOrigin, person: former.person });
  }

  /** In a browser of their own, which is looked at like those of the others. */
  async openColleague(
    person: SignIn,
    origins: { readonly console: string; readonly site: string },
  ): Promise<AgentPage> {
    const context = await openProfile(this.#place, 'colleague', { width: 1440, height: 900 });
    this.#colleague = context;
    await this.keys.watch(context);
    this.#watch(context, origins.site);
    const page = context.pages()[0] ?? (await context.newPage());
    this.tap.follow(page, 'agent');
    const colleague = new AgentPage(page, { console: origins.console, person });
    await colleague.signIn();
    return colleague;
  }

  async leave(): Promise<void> {
    const { visitor, agent } = this.#contexts;
    await Promise.allSettled([visitor.close(), agent.close(), this.#colleague?.close()]);
    await this.#temporary.remove();
  }
}

interface Place {
  readonly browser: BrowserUnderProof;
  readonly places: WritablePlaces;
}

async function openProfile(
  { browser, places }: Place,
  who: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<BrowserContext> {
  const folder = join(places.profiles, who);
  await mkdir(folder, { recursive: true });
  const context = await chromium.launchPersistentContext(folder, {
    ...(browser.executablePath === undefined ? {} : { executablePath: browser.executablePath }),
    args: [...browser.args],
    ignoreDefaultArgs: [...(browser.withoutArgs ?? [])],
    env: { ...browser.environment, HOME: places.home, TMPDIR: places.temporary },
    locale: 'en-GB',
    timezoneId: 'Europe/Helsinki',
    viewport,
    timeout: 60_000,
  });
  context.setDefaultTimeout(40_000);
  return context;
}
