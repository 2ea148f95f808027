/**
 * Makes the demo customer on an empty database, step by step through the same HTTP API that everybody uses; a
 * start that was interrupted goes on where it was.
 */

import type {
  AgentInvited,
  AgreementShown,
  CustomerCreated,
  Installation,
  Role,
  SignedIn,
  SiteEdit,
  SiteShown,
} from '@alongside/protocol';
import { PLEDGE_VERSION } from '@alongside/protocol';
import { type ConsoleAddress, ConsoleClient } from './console-client.js';
import { demoAgreement, demoCustomer, demoNotice, demoPeople, demoSite, demoSurvey } from './demo-content.js';
import type { DemoPerson, DemoState } from './demo-state.js';
import { keepDemoState, newDemoPerson, newDemoState, readDemoState } from './demo-state.js';

export interface DemoOptions {
  readonly console: ConsoleAddress;
  readonly shopOrigin: string;
  /** Visitors and agents of the demo are where the data is. */
  readonly country: string;
  readonly signUpCode: string | undefined;
  readonly stateFile: string;
}

export interface Demo {
  readonly siteKey: string;
  readonly officer: DemoPerson;
  readonly agents: readonly DemoPerson[];
}

/** Undefined when the database belongs to customers of another making, and so to nobody's demo. */
export async function provideDemo(options: DemoOptions): Promise<Demo | undefined> {
  const client = new ConsoleClient(options.console);
  const { anyCustomer } = await client.get<Installation>('/api/installation');
  const kept = await readDemoState(options.stateFile);
  if (anyCustomer && kept === undefined) return undefined;
  // A state of a database that is gone names people who do not exist any more.
  const state = anyCustomer && kept !== undefined ? kept : { ...newDemoState(), ...signInsOf(kept) };
  const maker = new DemoMaker(options, client, state);
  return maker.make();
}

/** The people keep their passwords when the database was deleted and the rest of the folder was not. */
function signInsOf(kept: DemoState | undefined): Partial<DemoState> {
  if (kept === undefined) return {};
  const again = ({ email, displayName, password }: DemoPerson): DemoPerson => ({
    email,
    displayName,
    password,
    enrolled: false,
  });
  const second = kept.second === undefined ? {} : { second: again(kept.second) };
  return { officer: again(kept.officer), ...second, agents: kept.agents.map(again) };
}

class DemoMaker {
  readonly #options: DemoOptions;
  readonly #client: ConsoleClient;
  #state: DemoState;

  constructor(options: DemoOptions, client: ConsoleClient, state: DemoState) {
    this.#options = options;
    this.#client = client;
    this.#state = state;
  }

  async make(): Promise<Demo> {
    const { shopOrigin } = this.#options;
    const isComplete =
      this.#state.siteKey !== undefined &&
      this.#state.agreementDone === true &&
      this.#state.agents.every((agent) => agent.enrolled);
    if (!isComplete || this.#state.origins.join() !== originsOf(shopOrigin).join()) {
      await this.#makeOfficer();
      await this.#makeSite();
      await this.#makeAgreement();
      for (const index of this.#state.agents.keys()) await this.#makeAgent(index);
    }
    const { siteKey, officer, agents } = this.#state;
    if (siteKey === undefined) throw new Error('The demo customer has no site.');
    return { siteKey, officer, agents };
  }

  async #makeOfficer(): Promise<void> {
    const { officer } = this.#state;
    if (officer.enrolled) {
      const { email, password } = officer;
      const { accessToken } = await this.#client.post<SignedIn>('/api/session', { email, password });
      return this.#actAs(accessToken);
    }
    if (officer.enrolSecret === undefined) {
      await this.#keep({});
      const code = this.#options.signUpCode;
      const { enrolSecret } = await this.#client.post<CustomerCreated>('/api/customers', {
        name: demoCustomer.name,
        email: officer.email,
        ...(code === undefined ? {} : { code }),
      });
      await this.#keep({ officer: { ...officer, enrolSecret } });
    }
    const { country } = this.#options;
    // Where nobody knows that somebody works, no record is shown to them: also not to the first officer.
    const { accessToken } = await this.#enrol(this.#state.officer, { country });
    await this.#keep({ officer: enrolled(this.#state.officer) });
    await this.#actAs(accessToken);
    await this.#client.put('/api/customer', { ...demoCustomer, country });
  }

  /** As an officer, who has promised secrecy like everybody else. */
  async #actAs(accessToken: string): Promise<void> {
    this.#client.signedIn(accessToken);
    await this.#client.post('/api/pledge', { version: PLEDGE_VERSION });
  }

  async #makeSite(): Promise<void> {
    const origins = originsOf(this.#options.shopOrigin);
    const edit: SiteEdit = {
      name: demoSite.name,
      origins,
      visitorCountries: [this.#options.country],
      masking: {
        text: 'shown',
        maskSelectors: [],
        blockSelectors: [],
        allowSelectors: [],
        noControlSelectors: [],
      },
      languages: ['en', 'de'],
      cookieDomain: new URL(this.#options.shopOrigin).hostname,
      accent: demoSite.accent,
    };
    const { siteId } = this.#state;
    const site =
      siteId === undefined
        ? await this.#client.post<SiteShown>('/api/sites', edit)
        : await this.#client.put<SiteShown>(`/api/sites/${siteId}`, edit);
    await this.#keep({ siteId: site.siteId, siteKey: site.siteKey, origins });
    if (!this.#state.noticeDone) await this.#client.post(`/api/sites/${site.siteId}/notices`, demoNotice);
    await this.#keep({ noticeDone: true });
    if (!this.#state.surveyDone) await this.#client.post(`/api/sites/${site.siteId}/surveys`, demoSurvey);
    await this.#keep({ surveyDone: true });
  }

  /** Without one the site takes nobody: recorded by one officer, and confirmed by the other. */
  async #makeAgreement(): Promise<void> {
    if (this.#state.agreementDone) return;
    const other = await this.#actAsSecond();
    const signedOn = new Date().toISOString().slice(0, 10);
    const known = await this.#client.get<readonly AgreementShown[]>('/api/agreements');
    const isDone = known.some(({ state }) => state === 'inForce');
    if (!isDone) {
      const [recorded] = await this.#client.post<readonly AgreementShown[]>('/api/agreements', {
        ...{ ...demoAgreement, signedOn },
      });
      await other.post(`/api/agreements/${recorded?.agreementId}/approval`, {});
    }
    await this.#keep({ agreementDone: true });
  }

  async #actAsSecond(): Promise<ConsoleClient> {
    const { second = newDemoPerson(demoPeople.second) } = this.#state;
    if (!second.enrolled)
      return this.#invite(second, { roles: ['officer'], keep: (kept) => this.#keep({ second: kept }) });
    const own = new ConsoleClient(this.#options.console);
    const { email, password } = second;
    const { accessToken } = await own.post<SignedIn>('/api/session', { email, password });
    own.signedIn(accessToken);
    return own;
  }

  async #makeAgent(index: number): Promise<void> {
    const agent = this.#state.agents[index];
    if (agent === undefined || agent.enrolled) return;
    await this.#invite(agent, { roles: ['agent'], keep: (kept) => this.#keepAgent(index, kept) });
  }

  /** Each step is kept, so that a start that was interrupted goes on after it; answers who acts as them. */
  async #invite(
    person: DemoPerson,
    { roles, keep }: { readonly roles: readonly Role[]; readonly keep: (kept: DemoPerson) => Promise<void> },
  ): Promise<ConsoleClient> {
    let current = person;
    if (current.enrolSecret === undefined) {
      const { siteId } = this.#state;
      const { enrolUrl } = await this.#client.post<AgentInvited>('/api/agents', {
        email: person.email,
        displayName: person.displayName,
        roles,
        country: this.#options.country,
        siteIds: siteId === undefined || !roles.includes('agent') ? [] : [siteId],
      });
      current = { ...person, enrolSecret: new URL(enrolUrl).hash.slice(1) };
      await keep(current);
    }
    const { accessToken } = await this.#enrol(current);
    const own = new ConsoleClient(this.#options.console);
    own.signedIn(accessToken);
    await own.post('/api/pledge', { version: PLEDGE_VERSION });
    await keep(enrolled(current));
    return own;
  }

  #enrol(
    { enrolSecret: secret, displayName, password }: DemoPerson,
    more: { readonly country?: string } = {},
  ): Promise<SignedIn> {
    return this.#client.post<SignedIn>('/api/enrolments', { secret, displayName, password, ...more });
  }

  #keepAgent(index: number, agent: DemoPerson): Promise<void> {
    return this.#keep({ agents: this.#state.agents.with(index, agent) });
  }

  async #keep(change: Partial<DemoState>): Promise<void> {
    this.#state = { ...this.#state, ...change };
    await keepDemoState(this.#options.stateFile, this.#state);
  }
}

function enrolled(person: DemoPerson): DemoPerson {
  const { email, displayName, password } = person;
  return { email, displayName, password, enrolled: true };
}

/** The shop, its `www` name, and the sub-domain of its payment pages. */
function originsOf(shopOrigin: string): string[] {
  const { protocol, host } = new URL(shopOrigin);
  return [`${protocol}//${host}`, `${protocol}//www.${host}`, `${protocol}//pay.${host}`];
}
