/** What every journey stands on: a running service, and people with a browser of their own each. */

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { AgentPage } from './agent/agent-page.js';
import type { SignIn } from './service/customer-api.js';
import type { DemoSignIns } from './service/demo-sign-ins.js';
import { readDemoSignIns } from './service/demo-sign-ins.js';
import { SecondCustomer } from './service/second-customer.js';
import { Service } from './service/service.js';
import { VisitorPage } from './visitor/visitor-page.js';

export interface WorkerFixtures {
  mediaWorkerBin: string | undefined;
  serviceEnv: Record<string, string>;
  /** Files that break the service name one of their own, so that the others keep theirs. */
  serviceName: string;
  demo: boolean;
  service: Service;
  /** Active in every test; nothing of it may ever be seen by anybody else. */
  secondCustomer: SecondCustomer;
}

export interface TestFixtures {
  people: People;
  signIns: DemoSignIns;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  mediaWorkerBin: [undefined, { option: true, scope: 'worker' }],
  serviceEnv: [{}, { option: true, scope: 'worker' }],
  serviceName: ['shared', { option: true, scope: 'worker' }],
  demo: [true, { option: true, scope: 'worker' }],
  service: [
    async ({ mediaWorkerBin, serviceEnv, demo }, use) => {
      const service = await Service.start({ env: serviceEnv, mediaWorkerBin, demo });
      await use(service);
      await service.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  secondCustomer: [
    async ({ service }, use) => {
      const customer = await SecondCustomer.open(service.origins);
      await use(customer);
      customer.close();
    },
    { scope: 'worker', auto: false },
  ],
  people: async ({ browser, service, secondCustomer }, use) => {
    const people = new People(browser, service);
    await use(people);
    // While everybody of the test is still there to hear what they must not.
    if (secondCustomer.isConnected) await secondCustomer.talk();
    await people.leave();
    people.expectNothingOf(secondCustomer);
    secondCustomer.expectNothingForeign();
  },
  signIns: async ({ service }, use) => {
    await use(await readDemoSignIns(service.dataDir));
  },
});

export { expect } from '@playwright/test';

/** Visitors and agents, each in a browser context of their own. */
export class People {
  readonly #browser: Browser;
  readonly #service: Service;
  readonly #contexts: BrowserContext[] = [];
  /** All that their sockets were told in words; frames are bytes. */
  readonly #heard: string[] = [];
  /** What the browsers of agents asked for beyond the service itself, be it stopped on its way or not. */
  readonly #strayed: string[] = [];

  constructor(browser: Browser, service: Service) {
    this.#browser = browser;
    this.#service = service;
  }

  async context(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const context = await this.#browser.newContext(options);
    this.#contexts.push(context);
    context.on('page', (page) => this.#hear(page));
    return context;
  }

  async visitor(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<VisitorPage> {
    const context = await this.context(options);
    await VisitorPage.prepare(context);
    const page = await context.newPage();
    await page.goto(url);
    return new VisitorPage(page);
  }

  async agent(signIn: SignIn, options: Parameters<Browser['newContext']>[0] = {}): Promise<AgentPage> {
    const context = await this.context({ viewport: { width: 1440, height: 900 }, ...options });
    this.#follow(context);
    const agent = new AgentPage(await context.newPage(), {
      console: this.#service.origins.console,
      person: signIn,
    });
    await agent.signIn();
    return agent;
  }

  expectNothingOf(other: SecondCustomer): void {
    const leaked = other.marks.filter((mark) => this.#heard.some((told) => told.includes(mark)));
    expect(leaked, 'nobody is told anything of another customer').toEqual([]);
  }

  /** What an agent sees of a page comes from the visitor's own browser: the agent's never asks the site. */
  #expectNoRequestToSites(): void {
    expect(this.#strayed, 'no browser of an agent asks for anything of a site').toEqual([]);
  }

  /** Only what the console's own pages ask for: an officer may open a page of the site beside them. */
  #follow(context: BrowserContext): void {
    const { console, live, replay } = this.#service.origins;
    const own = new Set([console, live, replay]);
    context.on('page', (page) =>
      page.on('request', (request) => {
        const url = new URL(request.url());
        const isOfConsole = page.url().startsWith(`${console}/`);
        const isInline = url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'about:';
        if (isOfConsole && !isInline && !own.has(url.origin)) this.#strayed.push(url.origin + url.pathname);
      }),
    );
  }

  #hear(page: Page): void {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload === 'string') this.#heard.push(payload);
      }),
    );
  }

  async leave(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
    this.#expectNoRequestToSites();
  }
}
