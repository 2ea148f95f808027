/** The database as the migrations make it, held against the data dictionary and the entities; and back down again. */
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SnakeNamingStrategy } from '../src/records/database/snake-naming-strategy.js';
import { dataDictionary } from '../src/records/dictionary/data-dictionary.js';
import { entities } from '../src/records/entities/entities.js';
import { migrations } from '../src/records/migrations/migrations.js';
import { World } from './records-world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

interface ColumnFact {
  readonly table_name: string;
  readonly column_name: string;
  readonly data_type: string;
  readonly udt_name: string;
  readonly character_maximum_length: number | null;
  readonly is_nullable: string;
}

/** A partition is its table over again, and is described with it. */
async function columns(): Promise<readonly ColumnFact[]> {
  return world.sql<ColumnFact>(
    `SELECT c.table_name, column_name, data_type, udt_name, character_maximum_length, is_nullable
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
        AND c.table_name <> 'migrations'
        AND c.table_name NOT IN (SELECT relname FROM pg_class WHERE relispartition)`,
  );
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...names].filter((name) => !others.has(name));
}

/** Differences between tables as they are and as they are described. */
function undescribed(found: readonly ColumnFact[]): readonly string[] {
  const real = new Set(found.map((each) => `${each.table_name}.${each.column_name}`));
  const described = new Set(
    Object.entries(dataDictionary).flatMap(([table, { columns: names }]) =>
      Object.keys(names).map((name) => `${table}.${name}`),
    ),
  );
  return [...without(real, described), ...without(described, real)].toSorted();
}

describe('the data dictionary', () => {
  it('describes every table and column that exists, and no other', async () => {
    expect(undescribed(await columns())).toEqual([]);
  });

  it('fails for a table or column that a migration adds beside it', async () => {
    await world.sql('CREATE TABLE note (text text)');
    await world.sql('ALTER TABLE customer ADD COLUMN mood text');
    expect(undescribed(await columns())).toEqual(['customer.mood', 'note.text']);
    await world.sql('DROP TABLE note');
    await world.sql('ALTER TABLE customer DROP COLUMN mood');
  });

  it('says of each column what it is for', () => {
    for (const { columns: described } of Object.values(dataDictionary)) {
      for (const purpose of Object.values(described)) expect(purpose.length).toBeGreaterThan(2);
    }
  });
});

/** One of the names that officers approved, as contracts spell it; nobody types it where a row is made. */
const APPROVED_NAMES = ['call_expert.organisation'];

describe('the columns of technical metadata', () => {
  it('are closed: no document, no array, and no text that could hold a sentence', async () => {
    const metadata = (await columns()).filter(
      (each) => dataDictionary[each.table_name]?.class === 'metadata',
    );
    expect(metadata.length).toBeGreaterThan(80);
    for (const { table_name, column_name, data_type, character_maximum_length } of metadata) {
      const name = `${table_name}.${column_name}`;
      expect(['json', 'jsonb', 'ARRAY', 'text', 'bytea', 'xml'], name).not.toContain(data_type);
      const most = APPROVED_NAMES.includes(name) ? 200 : 64;
      if (data_type.startsWith('character')) expect(character_maximum_length, name).toBeLessThanOrEqual(most);
    }
  });
});

describe('rows about visitors', () => {
  it('carry their tenant, origin, region, purpose and decision, none of which may be missing', async () => {
    const found = await columns();
    for (const [table, { class: dataClass }] of Object.entries(dataDictionary)) {
      if (dataClass === 'account') continue;
      const carried = found.filter((each) => each.table_name === table && each.is_nullable === 'NO');
      const names = carried.map((each) => each.column_name);
      for (const name of [
        'tenant_id',
        'origin_country',
        'origin_evidence',
        'storage_region',
        'purpose',
        'decision_id',
      ]) {
        expect(names, table).toContain(name);
      }
      const triggers = await world.sql(
        'SELECT 1 FROM pg_trigger WHERE tgname = $1 AND tgrelid = to_regclass($2)',
        [`${table}_decision`, table],
      );
      expect(triggers, table).toHaveLength(1);
    }
  });

  it('are kept for one of four purposes, of which none is advertising, and no other can be written', async () => {
    const labels = await world.sql<{ name: string }>(
      `SELECT enumlabel AS name FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
        WHERE t.typname = 'purpose' ORDER BY enumsortorder`,
    );
    expect(labels.map(({ name }) => name)).toEqual(['conversation', 'feedback', 'accountability', 'rights']);
    for (const { table_name, column_name, udt_name } of await columns()) {
      const { class: dataClass } = dataDictionary[table_name] ?? {};
      if (column_name === 'purpose' && dataClass !== 'account') expect(udt_name, table_name).toBe('purpose');
    }
    await expect(world.sql("SELECT 'advertising'::purpose")).rejects.toMatchObject({ code: '22P02' });
  });

  it('hold no score of anybody', async () => {
    const scores = /score|scoring|profil|propensity|sentiment|segment|predict|rank|likelihood/;
    const names = (await columns()).map(({ table_name, column_name }) => `${table_name}.${column_name}`);
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => scores.test(name))).toEqual([]);
  });

  it('of every table are separated by tenant, for the owner too', async () => {
    const secured = await world.sql<{ relname: string }>(
      'SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity',
    );
    expect(secured.map((each) => each.relname).toSorted()).toEqual(Object.keys(dataDictionary).toSorted());
  });
});

describe('the entities', () => {
  it('name the columns that exist, with their types and whether they may be missing', async () => {
    const source = new DataSource({
      type: 'postgres',
      url: world.postgres.url('owner'),
      entities,
      namingStrategy: new SnakeNamingStrategy(),
    });
    await source.initialize();
    const found = new Map((await columns()).map((each) => [`${each.table_name}.${each.column_name}`, each]));
    const named = new Set<string>();
    for (const { tableName, columns: declared } of source.entityMetadatas) {
      for (const column of declared) {
        const name = `${tableName}.${column.databaseName}`;
        const real = found.get(name);
        named.add(name);
        expect(real, name).toBeDefined();
        expect(real?.is_nullable, name).toBe(column.isNullable ? 'YES' : 'NO');
        const length = column.length === '' ? undefined : Number(column.length);
        if (!column.isArray) expect(real?.character_maximum_length ?? undefined, name).toBe(length);
        const type = source.driver.normalizeType(column);
        const wanted = { enum: 'USER-DEFINED', char: 'character' }[type] ?? type;
        expect(real?.data_type, name).toBe(column.isArray ? 'ARRAY' : wanted);
      }
    }
    await source.destroy();
    expect(without(new Set(found.keys()), named)).toEqual([]);
  });
});

describe('the migrations', () => {
  it('can be taken back to nothing and made again', async () => {
    await world.records.close();
    const source = new DataSource({ type: 'postgres', url: world.postgres.url('owner'), migrations });
    await source.initialize();
    for (const _ of migrations) await source.undoLastMigration();
    expect(await columns()).toEqual([]);
    const types = await world.sql(
      "SELECT typname FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE nspname = 'public' AND typtype = 'e'",
    );
    expect(types).toEqual([]);
    await source.runMigrations();
    expect(undescribed(await columns())).toEqual([]);
    await source.destroy();
  });
});
