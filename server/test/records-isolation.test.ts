/** Attempts to get round the records' rules with plain SQL, as the role that the service itself uses. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../src/records/database/data-source.js';
import { dataDictionary } from '../src/records/dictionary/data-dictionary.js';
import type { Customer, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let own: Customer;
let other: Customer;
let ownVisitor: Visitor;
let otherVisitor: Visitor;
let app: Client;

beforeAll(async () => {
  world = await World.start();
  await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  ownVisitor = await own.visitor({ name: 'Mira' });
  otherVisitor = await other.visitor({ name: 'Stranger' });
});
afterAll(() => world?.stop());

beforeEach(async () => {
  app = new Client({ connectionString: world.postgres.url('app') });
  await app.connect();
  await app.query('BEGIN');
});
afterEach(async () => {
  await app.query('ROLLBACK');
  await app.end();
});

const asTenant = (tenantId: string) => app.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'));
  }
  return 'none';
}

describe('the app role', () => {
  it('sees no row of any table without a tenant', async () => {
    for (const table of Object.keys(dataDictionary)) {
      const { rows } = await app.query(`SELECT 1 FROM ${table} LIMIT 1`);
      expect(rows, table).toEqual([]);
    }
  });

  it('sees rows of its tenant only, in every table', async () => {
    await asTenant(own.tenantId);
    let seen = 0;
    for (const table of Object.keys(dataDictionary)) {
      const { rows } = await app.query<{ tenant_id: string }>(`SELECT DISTINCT tenant_id FROM ${table}`);
      for (const row of rows) expect(row.tenant_id, table).toBe(own.tenantId);
      seen += rows.length;
    }
    expect(seen).toBeGreaterThan(8);
    const foreign = await app.query('SELECT 1 FROM chat_line WHERE engagement_id = $1', [
      otherVisitor.engagementId,
    ]);
    expect(foreign.rows).toEqual([]);
  });

  it('writes rows of its tenant only', async () => {
    await asTenant(own.tenantId);
    const values = [randomUUID(), other.tenantId, 'spy@example.org'];
    const insert = "INSERT INTO person (person_id, tenant_id, email, roles) VALUES ($1, $2, $3, '{officer}')";
    expect(await codeOf(app.query(insert, values))).toBe('42501');
  });

  it('changes and removes nothing of another tenant', async () => {
    await asTenant(own.tenantId);
    const updated = await app.query('UPDATE engagement SET version = 99 WHERE engagement_id = $1', [
      otherVisitor.engagementId,
    ]);
    const deleted = await app.query('DELETE FROM chat_line WHERE engagement_id = $1', [
      otherVisitor.engagementId,
    ]);
    expect([updated.rowCount, deleted.rowCount]).toEqual([0, 0]);
  });

  it.each([
    ['defines a table', 'CREATE TABLE note (text text)'],
    ['alters one', 'ALTER TABLE customer ADD COLUMN mood text'],
    ['switches a trigger off', 'ALTER TABLE chat_line DISABLE TRIGGER ALL'],
    ['drops a policy', 'DROP POLICY own_rows ON chat_line'],
    ['becomes the owner', 'SET ROLE alongside_owner'],
    ['skips triggers', 'SET session_replication_role = replica'],
    ['runs a program', "COPY customer TO PROGRAM 'cat'"],
    ['makes a table for itself', 'CREATE TEMPORARY TABLE note (text text)'],
    ['reads a file', "SELECT pg_read_file('/etc/hostname')"],
    ['empties a table', 'TRUNCATE chat_line CASCADE'],
    ['rewrites a decision', "UPDATE transfer_decision SET outcome = 'ALLOW'"],
    ['removes a decision', 'DELETE FROM transfer_decision'],
    ['rewrites the audit', "UPDATE audit_entry SET action = 'none'"],
    ['rewrites a line', "UPDATE chat_line SET text = 'other'"],
    ['rewrites a consent', "UPDATE consent_entry SET act = 'granted'"],
    ['removes a receipt', 'DELETE FROM erasure'],
    ['rewrites a notice', "UPDATE notice SET body = '{}'"],
  ])('never %s', async (_, statement) => {
    await asTenant(own.tenantId);
    expect(await codeOf(app.query(statement))).toMatch(/^42501$/);
  });
});

describe('a line', () => {
  interface Line {
    readonly decisionId?: string;
    readonly region?: string;
    readonly origin?: string;
  }

  async function insertLine({ decisionId, region = 'FI', origin = 'FI' }: Line): Promise<string> {
    await asTenant(own.tenantId);
    const values = [ownVisitor.engagementId, randomUUID(), own.tenantId, origin, region, decisionId ?? null];
    return codeOf(
      app.query(
        `INSERT INTO chat_line (engagement_id, number, line_id, sender, text, at, version, tenant_id,
          origin_country, origin_evidence, storage_region, decision_id, purpose)
        VALUES ($1, 1000, $2, 'visitor', 'text', now(), 9, $3, $4, 'siteSetting', $5, $6, 'conversation')`,
        values,
      ),
    );
  }

  async function decisionOf(customer: Customer, dataClass: string): Promise<string> {
    const [row] = await world.sql<{ decision_id: string }>(
      `SELECT decision_id FROM transfer_decision
        WHERE tenant_id = $1 AND data_class = $2 AND access = 'store' AND origin_country = 'FI' AND basis = 'NONE_DOMESTIC'`,
      [customer.tenantId, dataClass],
    );
    return row?.decision_id ?? '';
  }

  it('is kept under the decision that covers it', async () => {
    expect(await insertLine({ decisionId: await decisionOf(own, 'transcript') })).toBe('none');
  });

  it('is refused without a decision', async () => {
    expect(await insertLine({})).toBe('23502');
  });

  it('is refused under a decision of another tenant, class, region or origin', async () => {
    // Of another tenant there is none to refer to.
    expect(await insertLine({ decisionId: await decisionOf(other, 'transcript') })).toBe('23503');
    await app.query('ROLLBACK; BEGIN');
    expect(await insertLine({ decisionId: await decisionOf(own, 'survey') })).toBe('AL001');
    await app.query('ROLLBACK; BEGIN');
    expect(await insertLine({ decisionId: await decisionOf(own, 'transcript'), region: 'US' })).toBe('AL001');
    await app.query('ROLLBACK; BEGIN');
    expect(await insertLine({ decisionId: await decisionOf(own, 'transcript'), origin: 'GB' })).toBe('AL001');
  });

  it('is refused under a decision that has ended', async () => {
    await asTenant(own.tenantId);
    const decisionId = await decisionOf(own, 'transcript');
    await app.query('UPDATE transfer_decision SET ended_at = clock_timestamp() WHERE decision_id = $1', [
      decisionId,
    ]);
    expect(await insertLine({ decisionId })).toBe('AL001');
  });

  it('[T7] is refused under a decision whose last day is over, though nobody has ended it yet', async () => {
    const kept = async (validUntil: string) => {
      await asTenant(own.tenantId);
      const decisionId = await decisionOf(own, 'transcript');
      // As its owner, since nobody else can change it; row-level security holds for the owner's other rows as well.
      await world.sql(`UPDATE transfer_decision SET valid_until = ${validUntil} WHERE decision_id = $1`, [
        decisionId,
      ]);
      return insertLine({ decisionId });
    };
    try {
      expect(await kept("clock_timestamp() - interval '1 second'")).toBe('AL001');
      await app.query('ROLLBACK; BEGIN');
      expect(await kept("clock_timestamp() + interval '1 hour'")).toBe('none');
    } finally {
      await app.query('ROLLBACK; BEGIN');
      await world.sql('UPDATE transfer_decision SET valid_until = NULL WHERE decision_id = $1', [
        await decisionOf(own, 'transcript'),
      ]);
    }
  });

  it('is refused under a decision that refused', async () => {
    await asTenant(own.tenantId);
    const decisionId = randomUUID();
    await insertDecision(decisionId, { outcome: 'REFUSE', basis: null, reason: 'NO_BASIS' });
    expect(await insertLine({ decisionId })).toBe('AL001');
  });

  it('is looked at where its shelf is written to by name as well, and so is each shelf that comes later', async () => {
    const [shelf] = await world.sql<{ name: string }>(
      'SELECT tableoid::regclass::text AS name FROM chat_line WHERE engagement_id = $1 AND number = 1',
      [ownVisitor.engagementId],
    );
    const written = world.sql(
      `INSERT INTO ${shelf?.name} SELECT (jsonb_populate_record(l, jsonb_build_object('number', 1001,
          'line_id', gen_random_uuid(), 'decision_id', $2::text))).*
        FROM chat_line l WHERE engagement_id = $1 AND number = 1`,
      [ownVisitor.engagementId, await decisionOf(own, 'survey')],
    );
    expect(await codeOf(written)).toBe('AL001');
    await world.sql(`SELECT make_shelf('chat_line', '2031-01-01')`);
    const unguarded = await world.sql(
      `SELECT inhrelid::regclass FROM pg_inherits
        WHERE inhparent IN ('chat_line'::regclass, 'journal_entry'::regclass, 'connection'::regclass)
          AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = inhrelid AND tgname = 'written_decisions')`,
    );
    expect(unguarded).toEqual([]);
  });

  describe('where everybody may make tables for themselves', () => {
    const allow = (verb: 'GRANT' | 'REVOKE', role: string) =>
      world.sql(`${verb} TEMPORARY ON DATABASE alongside ${verb === 'GRANT' ? 'TO' : 'FROM'} ${role}`);
    beforeAll(() => allow('GRANT', 'alongside_app'));
    afterAll(() => allow('REVOKE', 'alongside_app'));

    it('is looked at by the decisions that there are, and not by others of that name', async () => {
      await asTenant(own.tenantId);
      const decisionId = randomUUID();
      await insertDecision(decisionId, { outcome: 'REFUSE', basis: null, reason: 'NO_BASIS' });
      await app.query(`CREATE TEMPORARY TABLE transfer_decision AS
        SELECT (jsonb_populate_record(d, '{"outcome": "ALLOW", "to_country": "US"}')).* FROM public.transfer_decision d`);
      await app.query('SAVEPOINT before');
      expect(await insertLine({ decisionId, region: 'US' })).toBe('AL001');
      await app.query('ROLLBACK TO before');
      expect(await codeOf(app.query("UPDATE engagement SET storage_region = 'US'"))).toBe('AL001');
    });

    it('that is written down follows the last one that there is', async () => {
      await asTenant(own.tenantId);
      await app.query('CREATE TEMPORARY TABLE audit_entry (LIKE public.audit_entry)');
      const { rows } = await app.query(
        `INSERT INTO public.audit_entry SELECT (jsonb_populate_record(a, jsonb_build_object('audit_id',
          gen_random_uuid()))).* FROM public.audit_entry a ORDER BY a.number DESC LIMIT 1 RETURNING number`,
      );
      expect(rows[0]?.number).toBeGreaterThan(1);
    });

    it('takes that from everybody with the next migration, as in a database that others made', async () => {
      await allow('GRANT', 'PUBLIC');
      await world.sql("DELETE FROM migrations WHERE name LIKE 'PinSearchPaths%'");
      await migrate({ ownerUrl: world.postgres.url('owner') });
      const [row] = await world.sql(
        "SELECT bool_or(privilege_type = 'TEMPORARY' AND grantee = 0) AS everybody FROM pg_database, aclexplode(datacl)",
      );
      expect(row).toEqual({ everybody: false });
    });
  });

  it('cannot be moved to another decision, region or tenant later', async () => {
    await asTenant(own.tenantId);
    const moved = app.query('UPDATE introduction SET storage_region = $1', ['US']);
    expect(await codeOf(moved)).toBe('42501');
    await app.query('ROLLBACK; BEGIN');
    await asTenant(own.tenantId);
    expect(await codeOf(app.query("UPDATE engagement SET storage_region = 'US'"))).toBe('AL001');
  });
});

function insertDecision(
  decisionId: string,
  { outcome, basis, reason }: { outcome: string; basis: string | null; reason: string | null },
) {
  return app.query(
    `INSERT INTO transfer_decision (decision_id, tenant_id, data_class, access, origin_country, origin_evidence,
      controller_country, to_country, outcome, basis, regimes, reason_code, register_version, inputs_sha256)
    VALUES ($1, $2, 'transcript', 'store', 'FI', 'siteSetting', 'FI', 'FI', $3, $4, 'EU', $5, 'test', $6)`,
    [decisionId, own.tenantId, outcome, basis, reason, randomUUID()],
  );
}

it('no function of ours finds what it looks at by the path of whoever asks', async () => {
  const unpinned = await world.sql(`SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM unnest(proconfig) AS set WHERE set ~ '^search_path=pg_catalog,.*pg_temp$')`);
  expect(unpinned).toEqual([]);
});

describe('a decision', () => {
  it.each(['PRIVACY_SHIELD', 'SAFE_HARBOR', 'Privacy Shield', 'DPF'])('cannot rest on %s', async (basis) => {
    await asTenant(own.tenantId);
    expect(await codeOf(insertDecision(randomUUID(), { outcome: 'ALLOW', basis, reason: null }))).toBe(
      '22P02',
    );
  });

  it('cannot allow without a basis, nor refuse without a reason', async () => {
    await asTenant(own.tenantId);
    const groundless = { outcome: 'ALLOW', basis: null, reason: null };
    expect(await codeOf(insertDecision(randomUUID(), groundless))).toBe('23514');
    await app.query('ROLLBACK; BEGIN');
    await asTenant(own.tenantId);
    const silent = { outcome: 'REFUSE', basis: null, reason: null };
    expect(await codeOf(insertDecision(randomUUID(), silent))).toBe('23514');
  });
});
