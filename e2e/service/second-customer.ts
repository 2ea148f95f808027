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
import type { Origins } from './service.js';

/** A name below `localhost` at which nobody answers: sites are known by their origin only. */
const siteOrigin = 'http://elsewhere.localhost:9';

export class SecondCustomer {
  /** Said in its chat, and nowhere else. */
  readonly secret: string;
  readonly name: string;
  readonly #engagementId: string;
  readonly #clients: readonly LiveClient[];

  private constructor(known: { secret: string; name: string; engagementId: string; clients: LiveClient[] }) {
    this.secret = known.secret;
    this.name = known.name;
    this.#engagementId = known.engagementId;
    this.#clients = known.clients;
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
    const site = await api.addSite(maskedSite(`Site of ${name}`, [siteOrigin]), { notice, survey });
    const agent = person('agent', mark);
    await api.addAgent(agent, { country: 'FI', siteIds: [site.siteId] });
    const secret = `elsewhere${randomBytes(8).toString('hex')}`;
    const engagementId = randomUUID();
    const agentClient = await connectAgent(origins, agent);
    const visitorClient = await startEngagement(origins, { siteKey: site.siteKey, engagementId, secret });
    const accepted = await agentClient.send('engagement:accept', { engagementId });
    if (!accepted.ok) throw new Error(`The second customer's agent was refused: ${accepted.refusal.code}.`);
    return new SecondCustomer({ secret, name, engagementId, clients: [agentClient, visitorClient] });
  }

  /** Goes on talking, so that a line said to the wrong people would be heard by them. */
  async talk(): Promise<void> {
    for (const [index, client] of this.#clients.entries()) {
      const body = { lineId: randomUUID(), text: `${this.secret} again` };
      const said = await client.send(
        'chat:send',
        index === 0 ? { ...body, engagementId: this.#engagementId } : body,
      );
      expect(said.ok, 'the second customer goes on talking').toBe(true);
    }
  }

  expectNothingForeign(): void {
    const heard = this.#clients.flatMap((client) => client.facts);
    expect(heard.length).toBeGreaterThan(2);
    for (const { name, fact } of heard) {
      const ids = JSON.stringify(fact).match(/"engagementId":"[^"]+"/g) ?? [];
      const foreign = ids.filter((id) => id !== `"engagementId":"${this.#engagementId}"`);
      expect(foreign, `${name} told the second customer of somebody else's engagement`).toEqual([]);
    }
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }
}

function person(role: string, mark: string): SignIn {
  return {
    email: `${role}@${mark}.example`,
    displayName: `${role} of elsewhere`,
    password: randomBytes(12).toString('base64url'),
  };
}

async function connectAgent(origins: Origins, agent: SignIn): Promise<LiveClient> {
  const { console } = origins;
  const { email, password } = agent;
  const headers = { origin: console };
  const signedIn = await callLocal(`${console}/api/session`, {
    method: 'POST',
    body: { email, password },
    headers,
  });
  const { accessToken } = signedIn.json() as SignedIn;
  const issued = await callLocal(`${console}/api/ticket`, {
    method: 'POST',
    body: {},
    headers: { ...headers, authorization: `Bearer ${accessToken}` },
  });
  const { ticket, liveUrl } = issued.json() as AgentTicketIssued;
  const client = await LiveClient.connect({ namespace: 'agent', liveUrl, ticket, origin: console });
  await client.send('desk:available', { available: true });
  return client;
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
