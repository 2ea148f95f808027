/** What the steps of one journey share: the customer it is told for, the people in it, and what they type. */

import { randomBytes } from 'node:crypto';
import type { Browser } from '@playwright/test';
import type { AgentPage } from '../agent/agent-page.js';
import { People } from '../fixtures.js';
import type { SignIn } from '../service/customer-api.js';
import { randomLetters } from '../service/random-letters.js';
import type { SecondCustomer } from '../service/second-customer.js';
import type { Service } from '../service/service.js';
import type { VisitorPage } from '../visitor/visitor-page.js';

export interface JourneyCustomer {
  readonly siteName: string;
  readonly shopOrigin: string;
  readonly agents: readonly [SignIn, SignIn];
  readonly officer: SignIn;
  /** What the site lets an agent read of a page's text. */
  readonly text: 'shown' | 'masked';
}

/** What is said of steps that go alike for every customer: one journey takes them always, the others in the full run. */
export interface Asides {
  readonly tag?: string[];
}

export class Story {
  readonly service: Service;
  readonly people: People;
  readonly second: SecondCustomer;
  readonly customer: JourneyCustomer;
  readonly visitorName: string;
  /** Said in the chat: they are kept, and found wherever anything is kept. */
  readonly said: string[] = [];
  /** Typed into the page, or drawn out of it: they must be found nowhere. */
  readonly secrets: string[] = [];
  #visitor: VisitorPage | undefined;
  #agent: AgentPage | undefined;
  #colleague: AgentPage | undefined;
  engagementId = '';

  constructor(
    base: { readonly browser: Browser; readonly service: Service; readonly second: SecondCustomer },
    customer: JourneyCustomer,
  ) {
    this.service = base.service;
    this.second = base.second;
    this.people = new People(base.browser, base.service);
    this.customer = customer;
    this.visitorName = `Mira ${randomBytes(3).toString('hex')}`;
  }

  get visitor(): VisitorPage {
    return present(this.#visitor, 'visitor');
  }

  set visitor(visitor: VisitorPage) {
    this.#visitor = visitor;
  }

  /** The one who has accepted. */
  get agent(): AgentPage {
    return present(this.#agent, 'agent');
  }

  get colleague(): AgentPage {
    return present(this.#colleague, 'colleague');
  }

  seat(agent: AgentPage, colleague: AgentPage): void {
    this.#agent = agent;
    this.#colleague = colleague;
  }

  get agentName(): string {
    return this.agent.person.displayName;
  }

  get shows(): boolean {
    return this.customer.text === 'shown';
  }

  url(path: string, subDomain = ''): string {
    const { protocol, host } = new URL(this.customer.shopOrigin);
    return `${protocol}//${subDomain === '' ? '' : `${subDomain}.`}${host}${path}`;
  }

  /** A text that nobody else can have written. */
  chatText(what: string): string {
    const text = `${what} ${randomBytes(6).toString('hex')}`;
    this.said.push(text);
    return text;
  }

  secret(what: string): string {
    const text = `${what}${randomLetters(8)}`;
    this.secrets.push(text);
    return text;
  }

  digits(count: number): string {
    const text = [...randomBytes(count)].map((byte) => String((byte % 9) + 1)).join('');
    this.secrets.push(text);
    return text;
  }
}

function present<T>(person: T | undefined, who: string): T {
  if (person === undefined) throw new Error(`The ${who} has not come yet: an earlier step has failed.`);
  return person;
}
