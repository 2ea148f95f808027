/** Customers, their people and their visitors for tests, all made through the HTTP API. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { PLEDGE_VERSION, type RegisterDocument, type RegisterShown } from '@alongside/protocol';
import type { Answer, World } from './records-world.js';

export const SHOP = 'https://shop.example';

export function contractBody(): object {
  return {
    ...{ module: 'SCC_M2', importerCountry: 'IN', importerName: 'Dev Ltd', reference: 'DPA 7' },
    source: 'Contracts/2025/7',
    ...{ signedOn: '2025-01-01', annexesComplete: true },
    assessment: { conclusion: 'ok', assessedOn: '2026-01-10', reviewDue: '2099-01-10' },
  };
}

export function agreementBody(): object {
  return { version: 'DPA 2', controller: 'Hazel Oy', processor: 'Host Oy', signedOn: '2026-01-10' };
}

/** The customer's own store, at an address that nobody speaks to in a test. */
export function recipientBody(): object {
  return {
    ...{ name: 'Archive', country: 'FI', role: 'ownStore', purpose: 'Keeps what is said' },
    ...{ dataClasses: ['transcript', 'survey'], endpoint: 'https://store.example/alongside' },
    ...{ contractReference: 'Own store', contractOn: '2026-01-10', measuresSha256: 'a'.repeat(64) },
    ...{ evidenceUntil: '2099-01-10', activeFrom: '2026-01-10' },
  };
}

export class Customer {
  readonly world: World;
  readonly name: string;
  tenantId = '';
  officer!: Person;
  siteId = '';
  siteKey = '';
  #second: Promise<Person> | undefined;

  private constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
  }

  /** With its first officer, and with nothing else. */
  static async signUp(world: World, name: string): Promise<Customer> {
    const customer = new Customer(world, name);
    const email = `officer@${name.toLowerCase()}.example`;
    const created = await world.ask('POST', '/api/customers', { body: { name, email } });
    customer.tenantId = created.body.tenantId;
    customer.officer = await customer.enrol(created.body.enrolSecret, `${name} officer`);
    return customer;
  }

  static async create(world: World, name: string, country: string): Promise<Customer> {
    const customer = await Customer.signUp(world, name);
    await customer.officer.put(`/api/agents/${customer.officer.agentId}`, {
      displayName: `${name} officer`,
      roles: ['officer'],
      country,
      siteIds: [],
      disabled: false,
    });
    await customer.officer.put('/api/customer', {
      name,
      country,
      privacyContact: `privacy@${name.toLowerCase()}.example`,
    });
    await customer.agree();
    const site = await customer.officer.post('/api/sites', siteEdit(name));
    customer.siteId = site.body.siteId;
    customer.siteKey = site.body.siteKey;
    await customer.officer.post(`/api/sites/${customer.siteId}/notices`, {
      body: { en: `${name} keeps the chat.` },
    });
    await customer.officer.post(`/api/sites/${customer.siteId}/surveys`, surveyForm);
    return customer;
  }

  /** Recorded by the officer, and confirmed as whoever runs the installation does on its machine. */
  async agree(more: object = {}): Promise<void> {
    const recorded = await this.officer.post('/api/agreements', { ...agreementBody(), ...more });
    if (recorded.status !== 200) throw new Error(`agreement answered ${recorded.status}`);
    const { agreements } = this.world.records.core;
    const { version } = recorded.body[0];
    const yes = { tenantId: this.tenantId, operator: 'Operator', country: 'FI', version };
    const confirmed = await agreements.confirmOnMachine(yes);
    if (!confirmed.ok) throw new Error(`agreement was refused: ${confirmed.refusal.code}`);
  }

  /** Another officer than the first: what widens access takes two. */
  async secondOfficer(): Promise<Person> {
    this.#second ??= this.officerOfLongStanding('Second');
    return this.#second;
  }

  /** Let in on the installation’s machine: who was invited lately settles nothing yet. */
  async officerOfLongStanding(displayName: string): Promise<Person> {
    const { email } = await this.agent(displayName, { roles: ['officer'], siteIds: [] });
    const [link] = await this.world.records.core.people.officerLinks(email);
    return this.enrol(link?.enrolUrl.split('#')[1] ?? '', displayName);
  }

  /** Recorded by one officer and approved by another; answers its id. */
  async contract(more: object = {}): Promise<string> {
    const added = await this.officer.post('/api/contracts', { ...contractBody(), ...more });
    const path = `/api/contracts/${added.body.contractId}/approval`;
    const approved = await (await this.secondOfficer()).post(path);
    if (approved.status !== 200) throw new Error(`approval answered ${approved.status}`);
    return added.body.contractId;
  }

  /** From now on its site's lines and answers go to the store alone; answers the recipient's id. */
  async deliverTo(endpoint: string, more: object = {}): Promise<string> {
    const { body } = await this.officer.post('/api/recipients', { ...recipientBody(), endpoint, ...more });
    await (await this.secondOfficer()).post(`/api/recipients/${body.recipientId}/approval`);
    const edit = siteEdit(this.name, { deliverTo: body.recipientId });
    const put = await this.officer.put(`/api/sites/${this.siteId}`, edit);
    if (put.status !== 200) throw new Error(`delivery answered ${put.status}`);
    return body.recipientId;
  }

  /** Proposed by one officer and put in force by another. */
  async register(edit: (body: RegisterDocument) => RegisterDocument): Promise<Answer> {
    const { body } = (await this.officer.get('/api/register')).body as RegisterShown;
    const proposed = await this.officer.post('/api/register/editions', {
      body: edit(body),
      note: 'for a test',
    });
    if (proposed.status !== 200) return proposed;
    const { editionId } = proposed.body.proposed;
    return (await this.secondOfficer()).post(`/api/register/editions/${editionId}/approval`);
  }

  async enrol(secret: string, displayName: string): Promise<Person> {
    const answer = await this.world.ask('POST', '/api/enrolments', {
      body: { secret, displayName, password: 'a long enough sentence' },
    });
    if (answer.status !== 200)
      throw new Error(`enrolment answered ${answer.status} ${JSON.stringify(answer.body)}`);
    const person = new Person(this.world, answer);
    await person.pledge();
    return person;
  }

  async agent(
    displayName: string,
    more: { country?: string; employer?: string; roles?: string[]; siteIds?: string[] } = {},
  ): Promise<Person> {
    const invited = await this.officer.post('/api/agents', {
      email: `${displayName}-${randomUUID().slice(0, 8)}@example.org`.toLowerCase(),
      roles: more.roles ?? ['agent'],
      country: more.country ?? 'FI',
      ...(more.employer === undefined ? {} : { employer: more.employer }),
      siteIds: more.siteIds ?? [this.siteId],
    });
    if (more.employer !== undefined) {
      const path = `/api/agents/${invited.body.agent.agentId}/employer-approval`;
      await (await this.secondOfficer()).post(path);
    }
    return this.enrol(invited.body.enrolUrl.split('#')[1], displayName);
  }

  async visitor(more: Introduced = {}): Promise<Visitor> {
    const visitor = new Visitor(this);
    const answer = await visitor.start(more);
    if (answer.status !== 200)
      throw new Error(`start answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return visitor;
  }
}

export class Person {
  readonly #world: World;
  accessToken: string;
  cookie: string;
  readonly agentId: string;
  readonly email: string;

  constructor(world: World, opened: Answer) {
    this.#world = world;
    this.accessToken = opened.body.accessToken;
    this.agentId = opened.body.me.agentId;
    this.email = opened.body.me.email;
    this.cookie = cookieOf(opened);
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.accessToken}` };
  }

  /** Secrecy: nothing is answered before it is promised. */
  pledge() {
    return this.post('/api/pledge', { version: PLEDGE_VERSION });
  }

  get(path: string) {
    return this.#world.ask('GET', path, { headers: this.headers });
  }

  post(path: string, body?: unknown) {
    return this.#world.ask('POST', path, { headers: this.headers, body });
  }

  put(path: string, body: unknown) {
    return this.#world.ask('PUT', path, { headers: this.headers, body });
  }

  delete(path: string) {
    return this.#world.ask('DELETE', path, { headers: this.headers });
  }
}

export function cookieOf(answer: Answer): string {
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  return cookie.split(';')[0] ?? '';
}

export interface Introduced {
  readonly text?: string;
  readonly name?: string;
  readonly topic?: string;
  readonly identity?: string;
  readonly ofAge?: boolean;
}

export class Visitor {
  readonly #customer: Customer;
  readonly engagementId = randomUUID();
  readonly secret = randomBytes(32).toString('base64url');
  ticket = '';

  constructor(customer: Customer) {
    this.#customer = customer;
  }

  async start({ text = 'What is APR?', ...more }: Introduced = {}) {
    const answer = await this.#customer.world.ask('POST', `/v1/sites/${this.#customer.siteKey}/engagements`, {
      headers: { origin: SHOP },
      body: {
        engagementId: this.engagementId,
        returnHash: returnHash(this.secret),
        noticeVersion: 1,
        language: 'en',
        firstLine: { lineId: randomUUID(), text },
        ...more,
      },
    });
    this.ticket = answer.body.ticket;
    return answer;
  }

  get headers(): Record<string, string> {
    return { origin: SHOP, authorization: `Alongside ${this.engagementId}.${this.secret}` };
  }

  get(path: string) {
    return this.#customer.world.ask('GET', path, { headers: this.headers });
  }

  post(path: string, body?: unknown) {
    return this.#customer.world.ask('POST', path, { headers: this.headers, body });
  }
}

function returnHash(secret: string): string {
  return createHash('sha256').update(secret, 'ascii').digest('base64url');
}

export const surveyForm = {
  questions: [
    { kind: 'rating', id: 'overall', label: { en: 'How was it?' }, required: true, max: 5 },
    { kind: 'text', id: 'more', label: { en: 'Anything else?' }, required: false },
  ],
};

export function siteEdit(name: string, more: object = {}) {
  return {
    name: `${name} shop`,
    origins: [SHOP],
    visitorCountries: ['FI'],
    masking: {
      text: 'masked',
      maskSelectors: [],
      blockSelectors: [],
      allowSelectors: [],
      noControlSelectors: [],
    },
    languages: ['en'],
    ...more,
  };
}
