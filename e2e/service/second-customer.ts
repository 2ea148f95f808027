/**
 * Another customer of the same service, in the middle of an engagement of its own while the tests run: its agent
 * and its visitor hear what the sockets tell them, which must never be anything of anybody else.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import type { AgentTicketIssued, EngagementOpened, SignedIn } from '@alongside/protocol';
import { expect } from '@playwright/test';
import type { SignIn } from './customer-api.js';
import { CustomerApi } from './customer-api.js';
import { maskedSite, notice, survey } from './customer-words.js';
import { LiveClient } from './live-client.js';
import { callLocal } from './local-http.js';
import { randomLetters } from './random-letters.js';
import type { Origins } from './service.js';

/** A name below `localhost` at which nobody answers: sites are known by their origin only. */
const siteOrigin = 'http://elsewhere.localhost:9';

/** Where facts hold what people are called and what they wrote. */
const personalFields = new Set(['displayName', 'siteName', 'customerName', 'name', 'topic', 'text', 'email']);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Known {
  readonly secret: string;
  readonly name: string;
  readonly engagementId: string;
  /** Everything of its own that it may hear: people's names, the site's, and ids of all of them. */
  readonly own: readonly string[];
  readonly clients: readonly LiveClient[];
}

export class SecondCustomer {
  /** Said in its chat, and nowhere else. */
  readonly secret: string;
  readonly name: string;
  readonly #engagementId: string;
  readonly #own: Set<string>;
  readonly #clients: readonly LiveClient[];

  private constructor(known: Known) {
    this.secret = known.secret;
    this.name = known.name;
    this.#engagementId = known.engagementId;
    this.#own = new Set([...known.own, known.engagementId]);
    this.#clients = known.clients;
  }

  /** What nobody else may ever hear. */
  get marks(): readonly string[] {
    return [this.secret, this.name, this.#engagementId];
  }

  /** A test that ends `live` ends this customer's connections as well, which do not come back. */
  get isConnected(): boolean {
    return this.#clients.every((client) => client.isConnected);
  }

  static async open(origins: Origins): Promise<SecondCustomer> {
    const mark = randomBytes(6).toString('hex');
    const name = `Elsewhere ${mark}`;
    const api = await CustomerApi.create(origins.console, { name, officer: person('officer', mark) });
    await api.describe({
      name,
      legalName: `${name} Oy`,
      country: 'FI',
      privacyContact: `dpo@${mark}.example`,
    });
    const siteName = `Site of ${name}`;
    const site = await api.addSite(maskedSite(siteName, [siteOrigin]), { notice, survey });
    const agent = person('agent', mark);
    await api.addAgent(agent, { country: 'FI', siteIds: [site.siteId] });
    const secret = `elsewhere${randomLetters(8)}`;
    const engagementId = randomUUID();
    const { client: agentClient, agentId } = await connectAgent(origins, agent);
    const visitorClient = await startEngagement(origins, { siteKey: site.siteKey, engagementId, secret });
    const accepted = await agentClient.send('engagement:accept', { engagementId });
    if (!accepted.ok) throw new Error(`The second customer's agent was refused: ${accepted.refusal.code}.`);
    const own = [agent.displayName, agentId, siteName, site.siteId];
    return new SecondCustomer({ secret, name, engagementId, own, clients: [agentClient, visitorClient] });
  }

  /** Goes on talking, so that a line said to the wrong people would be heard by them. */
  async talk(): Promise<void> {
    for (const [index, client] of this.#clients.entries()) {
      const body = { lineId: randomUUID(), text: `${this.secret} again` };
      this.#own.add(body.lineId);
      const said = await client.send(
        'chat:send',
        index === 0 ? { ...body, engagementId: this.#engagementId } : body,
      );
      expect(said.ok, 'the second customer goes on talking').toBe(true);
    }
  }

  /** Nothing it was told names an id, a person or a word that is not its own. */
  expectNothingForeign(): void {
    const heard = this.#clients.flatMap((client) => client.facts);
    expect(heard.length).toBeGreaterThan(2);
    for (const { name, fact } of heard) {
      const foreign = textsOf(fact).filter(([field, text]) => !this.#isOwn(field, text));
      expect(foreign, `${name} told the second customer of somebody else`).toEqual([]);
    }
  }

  #isOwn(field: string, text: string): boolean {
    if (!uuid.test(text) && !personalFields.has(field)) return true;
    return this.#own.has(text) || text.startsWith(this.secret);
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }
}

/** Every text in it, at any depth, with the name of its field. */
function textsOf(value: unknown, field = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[field, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => textsOf(part, Array.isArray(value) ? field : name));
}

function person(role: string, mark: string): SignIn {
  return {
    email: `${role}@${mark}.example`,
    displayName: `${role} of elsewhere`,
    password: randomBytes(12).toString('base64url'),
  };
}

async function connectAgent(
  origins: Origins,
  agent: SignIn,
): Promise<{ readonly client: LiveClient; readonly agentId: string }> {
  const { console } = origins;
  const { email, password } = agent;
  const headers = { origin: console };
  const signedIn = await callLocal(`${console}/api/session`, {
    method: 'POST',
    body: { email, password },
    headers,
  });
  const { accessToken, me } = signedIn.json() as SignedIn;
  const issued = await callLocal(`${console}/api/ticket`, {
    method: 'POST',
    body: {},
    headers: { ...headers, authorization: `Bearer ${accessToken}` },
  });
  const { ticket, liveUrl } = issued.json() as AgentTicketIssued;
  const client = await LiveClient.connect({ namespace: 'agent', liveUrl, ticket, origin: console });
  await client.send('desk:available', { available: true });
  return { client, agentId: me.agentId };
}

interface Beginning {
  readonly siteKey: string;
  readonly engagementId: string;
  readonly secret: string;
}

async function startEngagement(origins: Origins, begin: Beginning): Promise<LiveClient> {
  const answer = await callLocal(`${origins.console}/v1/sites/${begin.siteKey}/engagements`, {
    method: 'POST',
    headers: { origin: siteOrigin },
    body: {
      engagementId: begin.engagementId,
      returnHash: randomBytes(32).toString('base64url'),
      noticeVersion: 1,
      language: 'en',
      firstLine: { lineId: randomUUID(), text: begin.secret },
    },
  });
  if (answer.status !== 200 && answer.status !== 201) {
    throw new Error(`The second customer's engagement was answered ${answer.status} ${answer.text}.`);
  }
  const { ticket, liveUrl } = answer.json() as EngagementOpened;
  return LiveClient.connect({ namespace: 'visitor', liveUrl, ticket, origin: siteOrigin });
}
