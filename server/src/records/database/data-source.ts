/** The two ways to the database: as its owner for migrations, and as the app role for everything else. */

import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '../entities/entities.js';
import { migrations } from '../migrations/migrations.js';
import type { RecordsLogger } from '../records-logger.js';
import { APP_ROLE } from './app-role.js';
import { requireSilentDatabase } from './database-rules.js';
import { SnakeNamingStrategy } from './snake-naming-strategy.js';

export interface DatabaseAddress {
  /** Of the role that owns the tables and migrates them. */
  readonly ownerUrl: string;
  /** Of the app role; without it connections of the owner switch to that role when they open. */
  readonly appUrl?: string | undefined;
}

/** What TypeORM would else look for by itself, and load once more. */
const driver = { driver: pg, nativeDriver: false } as const;

/** How long a statement may take before its connection is given up; a hung database must not hold a request. */
const STATEMENT_MS = 8_000;
/** How long a request may wait for a connection when many come at once. */
const CONNECT_MS = 5_000;
/** For the advisory lock that lets one process migrate at a time. */
const MIGRATION_LOCK = 7_219_001;

export async function migrate({ ownerUrl }: DatabaseAddress): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    ...driver,
    url: ownerUrl,
    migrations,
    migrationsTransactionMode: 'each',
    logging: false,
    extra: { max: 2, connectionTimeoutMillis: 10_000 },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await requireSilentDatabase((sql) => lock.query(sql));
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await lock.query(ensureAppRole);
    await source.runMigrations();
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

/** The role belongs to the cluster, so another database's migration may make it in the same moment. */
const ensureAppRole = `DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN
    BEGIN
      CREATE ROLE ${APP_ROLE} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role(current_user, '${APP_ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT ${APP_ROLE} TO %I', current_user);
  END IF;
END $$`;

/** Asked of the app's own connections, so that a start which has nothing to migrate opens none of the owner's. */
export async function isMigrated(app: DataSource): Promise<boolean> {
  // Where there is no such table, or it may not be read yet, everything is still to be done.
  const applied = await app.query<{ name: string }[]>('SELECT name FROM migrations').catch(() => []);
  const names = new Set(applied.map(({ name }) => name));
  return migrations.every((Each) => names.has(new Each().name));
}

export function appDataSource(
  { ownerUrl, appUrl }: DatabaseAddress,
  { logger, connections }: { logger: RecordsLogger; connections: number },
): DataSource {
  return new DataSource({
    type: 'postgres',
    ...driver,
    installExtensions: false,
    url: appUrl ?? ownerUrl,
    entities,
    namingStrategy: new SnakeNamingStrategy(),
    logging: false,
    // An idle connection that breaks says so here; the pool opens another one when it is needed.
    poolErrorHandler: () => logger.warn('database.connectionLost'),
    extra: {
      max: connections,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: STATEMENT_MS,
      keepAlive: true,
      ...(appUrl === undefined ? { options: `-c role=${APP_ROLE}` } : {}),
    },
  });
}
