/** A framework is annulled while rows rest on it: what customers with a fallback keep, and what others have to decide. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LapsePackage, LapseShown, RegisterDocument, TransferReport } from '@alongside/protocol';
import { expect } from 'vitest';
import type { JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

const PASSWORD = 'a long enough sentence';

/** The store is in the United States, with somebody who is on the list of the framework. */
export class LapseDrill {
  readonly world: World;
  /** With clauses to fall back on. */
  readonly covered: Customer;
  /** With a waiver of them. */
  readonly bare: Customer;
  readonly line: JournalLine;

  readonly #folder: string;

  private constructor(
    parts: Pick<LapseDrill, 'world' | 'covered' | 'bare' | 'line'> & { readonly folder: string },
  ) {
    this.#folder = parts.folder;
    this.world = parts.world;
    this.covered = parts.covered;
    this.bare = parts.bare;
    this.line = parts.line;
  }

  static async start(): Promise<LapseDrill> {
    const folder = await mkdtemp(join(tmpdir(), 'alongside-ledger-'));
    const world = await World.start({
      ...{ storageCountry: 'US', storageHost: 'Host Inc.' },
      erasureLedger: join(folder, 'erasures'),
    });
    const line = await world.line();
    const covered = await world.customer('Hazel');
    const bare = await world.customer('Birch');
    await covered.contract({ importerCountry: 'US', importerName: 'Host Inc.', reference: 'DPA with Host' });
    for (const customer of [covered, bare]) {
      const fallbackWaiver = customer === bare ? 'letter of 3 March' : undefined;
      const answer = await customer.register((body) => certified(body, fallbackWaiver));
      if (answer.status !== 200) throw new Error(`the register answered ${answer.status}`);
    }
    return new LapseDrill({ world, covered, bare, line, folder });
  }

  async stop(): Promise<void> {
    await this.world.stop();
    await rm(this.#folder, { recursive: true });
  }

  /** How many lapses the ledger of erasures tells of. */
  async noted(): Promise<number> {
    const text = await readFile(join(this.#folder, 'erasures'), 'utf8').catch(() => '');
    return text.split('"kind":"lapse"').length - 1;
  }

  /** As the service writes them, under the decisions of a real engagement. */
  async fill(customer: Customer, lines: number): Promise<Visitor> {
    const visitor = await customer.visitor({ name: 'Mira' });
    await this.world.sql(
      `INSERT INTO chat_line (engagement_id, number, line_id, sender, text, at, version, tenant_id,
          origin_country, origin_evidence, storage_region, purpose, decision_id)
        SELECT engagement_id, n, gen_random_uuid(), 'visitor', 'line ' || n, now(), 1, tenant_id,
          origin_country, origin_evidence, storage_region, purpose, decision_id
        FROM chat_line, generate_series(2, $2::int) n WHERE engagement_id = $1 AND number = 1`,
      [visitor.engagementId, lines],
    );
    return visitor;
  }

  annul(customer: Customer) {
    return customer.register((body) => framework(body, 'annulled'));
  }

  restore(customer: Customer) {
    return customer.register((body) => framework(body, 'inForce'));
  }

  async report(customer: Customer): Promise<TransferReport> {
    return (await customer.officer.get('/api/transfers')).body;
  }

  async lapseOf(customer: Customer, dataClass: LapseShown['dataClass']): Promise<LapseShown> {
    const { lapses } = await this.report(customer);
    const [found] = lapses.filter((each) => each.current && each.dataClass === dataClass);
    if (found === undefined) throw new Error(`no ${dataClass} lapsed`);
    return found;
  }

  async lines(visitor: Visitor): Promise<number> {
    const text = 'SELECT count(*)::int AS rows FROM chat_line WHERE engagement_id = $1';
    const [row] = await this.world.sql<{ rows: number }>(text, [visitor.engagementId]);
    return row?.rows ?? 0;
  }

  /** Every page of it, as somebody who brings the rows home reads them. */
  async bringHome(customer: Customer, lapseId: string): Promise<{ rows: number; sha256: string }> {
    const hash = createHash('sha256');
    let rows = 0;
    let after: string | undefined;
    do {
      const from: string = after === undefined ? '' : `?after=${after}`;
      const answer = await customer.officer.get(`/api/lapses/${lapseId}/package${from}`);
      expect(answer.status).toBe(200);
      const page: LapsePackage = answer.body;
      for (const { table, row } of page.rows) hash.update(`${JSON.stringify([table, row])}\n`);
      rows += page.rows.length;
      after = page.next;
    } while (after !== undefined);
    return { rows, sha256: hash.digest('base64url') };
  }

  async signInAgain(person: Person): Promise<Person> {
    const answer = await this.world.ask('POST', '/api/session', {
      body: { email: person.email, password: PASSWORD },
    });
    person.accessToken = answer.body.accessToken;
    return person;
  }
}

function certified(body: RegisterDocument, fallbackWaiver: string | undefined): RegisterDocument {
  const today = new Date().toISOString().slice(0, 10);
  const held = { holder: 'Host Inc.', scope: 'nonHr', status: 'active', validFrom: '2024-01-01' } as const;
  const looked = { source: 'dataprivacyframework.gov', verifiedAt: today } as const;
  const own = { framework: 'DPF_EU', covers: 'store', ...held, ...looked } as const;
  return { ...body, certifications: [own], ...(fallbackWaiver === undefined ? {} : { fallbackWaiver }) };
}

function framework(body: RegisterDocument, status: 'inForce' | 'annulled'): RegisterDocument {
  const adequacy = body.adequacy.map((each) => (each.framework === 'DPF_EU' ? { ...each, status } : each));
  return { ...body, adequacy };
}
