/** `records` as the journal sees it, twice: the real one on a real Postgres, and the double of the test kit. */
import { randomUUID } from 'node:crypto';
import type { AgentId, EngagementId, EngagementLedger, SiteId, TenantId } from '@alongside/protocol';
import { newEngagement, RecordsDouble } from '@alongside/testkit';
import { JOURNAL_SECRET, JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

export interface ContractAgent {
  readonly agentId: AgentId;
  readonly tenantId: TenantId;
  readonly siteIds: readonly SiteId[];
}

export interface RecordsSide {
  open(): Promise<void>;
  close(): Promise<void>;
  readonly url: string;
  readonly secret: string;
  line(nodeId: string): Promise<JournalLine>;
  /** A waiting engagement with its first line. */
  engagement(): Promise<EngagementId>;
  /** Of the site. */
  agent(name: string): Promise<ContractAgent>;
  /** Of another customer. */
  foreigner(): Promise<ContractAgent>;
  phase(engagementId: EngagementId): Promise<string>;
  /** What the next ticket of the visitor tells; of an engagement that goes on. */
  ledger(engagementId: EngagementId): Promise<EngagementLedger>;
  disable(agent: ContractAgent): Promise<void>;
  erase(engagementId: EngagementId): Promise<void>;
  storageDown(): Promise<void>;
  storageUp(): Promise<void>;
}

export class RealSide implements RecordsSide {
  readonly secret = JOURNAL_SECRET;
  readonly #visitors = new Map<EngagementId, Visitor>();
  readonly #people = new Map<AgentId, Person>();
  #world: World | undefined;
  #own: Customer | undefined;
  #other: Customer | undefined;

  async open(): Promise<void> {
    this.#world = await World.start();
    this.#own = await this.#world.customer('Hazel');
    this.#other = await this.#world.customer('Birch');
  }

  async close(): Promise<void> {
    await this.#world?.stop();
  }

  get url(): string {
    return this.#running.journalUrl;
  }

  line(nodeId: string): Promise<JournalLine> {
    return this.#running.line(nodeId);
  }

  async engagement(): Promise<EngagementId> {
    const visitor = await this.#customer.visitor();
    const engagementId = visitor.engagementId as EngagementId;
    this.#visitors.set(engagementId, visitor);
    return engagementId;
  }

  agent(name: string): Promise<ContractAgent> {
    return this.#agentOf(this.#customer, name);
  }

  foreigner(): Promise<ContractAgent> {
    return this.#agentOf(opened(this.#other), 'Riva');
  }

  async phase(engagementId: EngagementId): Promise<string> {
    return (await this.#visitor(engagementId).post('/v1/engagements/return')).body.phase;
  }

  async ledger(engagementId: EngagementId): Promise<EngagementLedger> {
    const { ticket } = (await this.#visitor(engagementId).post('/v1/engagements/return')).body;
    return JSON.parse(Buffer.from(ticket.split('.')[1], 'base64url').toString()).engagement;
  }

  async disable({ agentId }: ContractAgent): Promise<void> {
    const facts = { displayName: 'Gone', roles: ['agent'], country: 'FI', siteIds: [], disabled: true };
    await this.#customer.officer.put(`/api/agents/${agentId}`, facts);
  }

  async erase(engagementId: EngagementId): Promise<void> {
    await this.#visitor(engagementId).post('/v1/engagements/erase');
  }

  storageDown(): Promise<void> {
    return this.#running.postgres.stop();
  }

  storageUp(): Promise<void> {
    return this.#running.restartPostgres();
  }

  get #running(): World {
    return opened(this.#world);
  }

  get #customer(): Customer {
    return opened(this.#own);
  }

  #visitor(engagementId: EngagementId): Visitor {
    return opened(this.#visitors.get(engagementId));
  }

  async #agentOf(customer: Customer, name: string): Promise<ContractAgent> {
    const person = await customer.agent(name);
    const agentId = person.agentId as AgentId;
    this.#people.set(agentId, person);
    return { agentId, tenantId: customer.tenantId as TenantId, siteIds: [customer.siteId as SiteId] };
  }
}

export class DoubleSide implements RecordsSide {
  readonly #records = new RecordsDouble({ now: () => Date.now() });
  readonly #own = { tenantId: randomUUID() as TenantId, siteId: randomUUID() as SiteId };
  readonly #other = { tenantId: randomUUID() as TenantId, siteId: randomUUID() as SiteId };
  readonly #lines: JournalLine[] = [];

  open(): Promise<void> {
    return this.#records.start();
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.close();
    await this.#records.stop();
  }

  get url(): string {
    return this.#records.url;
  }

  get secret(): string {
    return this.#records.secret;
  }

  async line(nodeId: string): Promise<JournalLine> {
    const line = await JournalLine.open(this.url, nodeId, { secret: this.secret });
    this.#lines.push(line);
    return line;
  }

  async engagement(): Promise<EngagementId> {
    const engagement = newEngagement({ ...this.#own, origin: 'https://shop.example' });
    this.#records.ledger.start(engagement, Date.now());
    return engagement.engagementId;
  }

  async agent(displayName: string): Promise<ContractAgent> {
    return this.#agentOf(this.#own, displayName);
  }

  async foreigner(): Promise<ContractAgent> {
    return this.#agentOf(this.#other, 'Riva');
  }

  async phase(engagementId: EngagementId): Promise<string> {
    return this.#records.ledger.of(engagementId).phase;
  }

  async ledger(engagementId: EngagementId): Promise<EngagementLedger> {
    return this.#records.ledger.of(engagementId);
  }

  async disable({ agentId }: ContractAgent): Promise<void> {
    this.#records.revoke({ type: 'agentChanged', agentId, disabled: true, at: Date.now() });
  }

  async erase(engagementId: EngagementId): Promise<void> {
    this.#records.revoke({ type: 'engagementEnded', engagementId, reason: 'erased' });
  }

  async storageDown(): Promise<void> {
    this.#records.setStorage('down');
  }

  async storageUp(): Promise<void> {
    this.#records.setStorage('up');
  }

  #agentOf({ tenantId, siteId }: { tenantId: TenantId; siteId: SiteId }, displayName: string): ContractAgent {
    const agentId = randomUUID() as AgentId;
    this.#records.ledger.know({ agentId, displayName, siteIds: [siteId] });
    return { agentId, tenantId, siteIds: [siteId] };
  }
}

function opened<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('This side of the contract is not open.');
  return value;
}
