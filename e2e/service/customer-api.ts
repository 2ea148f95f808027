/** A customer made through the same HTTP API that the console uses: its officer, its site and its agents. */

import type {
  AgentInvited,
  AgreementShown,
  CustomerCreated,
  Role,
  SignedIn,
  SiteEdit,
  SiteShown,
} from '@alongside/protocol';
import { PLEDGE_VERSION } from '@alongside/protocol';
import { callLocal } from './local-http.js';

export interface SignIn {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
}

/** What the record of an engagement tells of one thing that happened. */
export interface RecordedFact {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export class CustomerApi {
  readonly #consoleOrigin: string;
  readonly #accessToken: string;
  readonly officer: SignIn;

  private constructor(consoleOrigin: string, officer: SignIn, accessToken: string) {
    this.#consoleOrigin = consoleOrigin;
    this.officer = officer;
    this.#accessToken = accessToken;
  }

  static async create(
    consoleOrigin: string,
    customer: { readonly name: string; readonly officer: SignIn },
  ): Promise<CustomerApi> {
    const { officer, name } = customer;
    const ask = <T>(path: string, body: unknown) => send<T>(consoleOrigin, { method: 'POST', path, body });
    const { enrolSecret } = await ask<CustomerCreated>('/api/customers', { name, email: officer.email });
    const { accessToken } = await ask<SignedIn>('/api/enrolments', {
      secret: enrolSecret,
      displayName: officer.displayName,
      password: officer.password,
    });
    const made = new CustomerApi(consoleOrigin, officer, accessToken);
    await made.#pledge();
    return made;
  }

  static async signIn(consoleOrigin: string, officer: SignIn): Promise<CustomerApi> {
    const { email, password } = officer;
    const { accessToken } = await send<SignedIn>(consoleOrigin, {
      method: 'POST',
      path: '/api/session',
      body: { email, password },
    });
    return new CustomerApi(consoleOrigin, officer, accessToken);
  }

  async factsOf(engagementId: string): Promise<readonly RecordedFact[]> {
    const path = `/api/engagements/${engagementId}`;
    const record = await this.ask<{ readonly metadata: readonly RecordedFact[] }>('GET', path);
    return record.metadata;
  }

  async describe(facts: {
    name: string;
    legalName: string;
    country: string;
    privacyContact: string;
  }): Promise<void> {
    await this.ask('PUT', '/api/customer', facts);
    await this.#agree(facts);
  }

  /** With whoever runs the installation: recorded by the officer, and confirmed by another one. */
  async #agree({ legalName, country }: { legalName: string; country: string }): Promise<void> {
    const signed = { version: 'DPA 1', controller: legalName, processor: 'The installation' };
    await this.ask('POST', '/api/agreements', { ...signed, signedOn: '2026-01-02' });
    await this.confirmAgreement(country);
  }

  /** The newest one that was recorded, by an officer who comes for that. */
  async confirmAgreement(country: string): Promise<void> {
    const [recorded] = await this.ask<AgreementShown[]>('GET', '/api/agreements');
    const second = { ...this.officer, email: `second-${this.officer.email}`, displayName: 'Second officer' };
    const other = await this.addAgent(second, { country, siteIds: [], roles: ['officer'] });
    await other.ask('POST', `/api/agreements/${recorded?.agreementId}/approval`);
  }

  async addSite(site: SiteEdit, words: { notice: unknown; survey: unknown }): Promise<SiteShown> {
    const made = await this.ask<SiteShown>('POST', '/api/sites', site);
    await this.ask('POST', `/api/sites/${made.siteId}/notices`, words.notice);
    await this.ask('POST', `/api/sites/${made.siteId}/surveys`, words.survey);
    return made;
  }

  async addAgent(
    agent: SignIn,
    work: { country: string; siteIds: readonly string[]; roles?: readonly Role[]; employer?: string },
  ): Promise<CustomerApi> {
    const { email, displayName, password } = agent;
    const { enrolUrl } = await this.ask<AgentInvited>('POST', '/api/agents', {
      email,
      displayName,
      roles: ['agent'],
      ...work,
    });
    const secret = new URL(enrolUrl).hash.slice(1);
    const enrolled = await this.ask<SignedIn>('POST', '/api/enrolments', { secret, displayName, password });
    const made = new CustomerApi(this.#consoleOrigin, agent, enrolled.accessToken);
    await made.#pledge();
    return made;
  }

  /** Secrecy: nothing is answered before it is promised. */
  async #pledge(): Promise<void> {
    await this.ask('POST', '/api/pledge', { version: PLEDGE_VERSION });
  }

  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return send<T>(this.#consoleOrigin, { method, path, body, token: this.#accessToken });
  }
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
}

async function send<T>(consoleOrigin: string, { method, path, body, token }: Asked): Promise<T> {
  const answer = await callLocal(`${consoleOrigin}${path}`, {
    method,
    body,
    headers: { origin: consoleOrigin, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
  if (answer.status >= 300)
    throw new Error(`${method} ${path} was answered ${answer.status} ${answer.text}.`);
  return (answer.text === '' ? {} : answer.json()) as T;
}
