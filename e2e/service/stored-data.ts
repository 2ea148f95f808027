/** Everything that the service has put on a disk: every row of every table, and every byte of its data folder. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** How often each text occurs in any column of any table; what is asked for is part of the result. */
export async function countInTables(
  ownerUrl: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await readAllRows(ownerUrl);
  return new Map(texts.map((text) => [text, rows.filter((row) => row.includes(text)).length]));
}

/** Each row as text, with the name of its table in front. */
export async function readAllRows(ownerUrl: string): Promise<readonly string[]> {
  return withClient(ownerUrl, async (client) => {
    const tables = await client.query<{ name: string }>(
      // A partition's rows are those of the table that it is a part of.
      `SELECT quote_ident(relname) AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(`SELECT each::text AS row FROM ${name} AS each`);
      rows.push(...found.rows.map(({ row }) => `${name}: ${row}`));
    }
    return rows;
  });
}

/** Also finds what a table no longer holds, as in the write-ahead log, in names of files and in our own logs. */
export async function countInFiles(
  folder: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map(texts.map((text) => [text, 0]));
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    // A file may be gone by now, as those of a database that is at work.
    const bytes = file.isFile() ? await readFile(path).catch(() => undefined) : undefined;
    for (const text of texts) {
      const found = spellings(text).some((spelling) => bytes?.includes(spelling)) || path.includes(text);
      if (found) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

function spellings(text: string): readonly Buffer[] {
  const plain = Buffer.from(text, 'utf8');
  // The first and last characters of base64 depend on what stands around it.
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64');
    return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4));
  });
  return [plain, Buffer.from(text, 'utf16le'), Buffer.from(plain.toString('hex')), ...base64];
}

/** The owner's address of the database that the service has brought along. */
export async function embeddedOwnerUrl(dataDir: string): Promise<string> {
  const files = await readdir(dataDir, { recursive: true });
  const passwordFile = files.find((file) => file.endsWith('passwords.json'));
  const pidFile = files.find((file) => file.endsWith('postmaster.pid'));
  if (passwordFile === undefined || pidFile === undefined) throw new Error('No database lies in the folder.');
  const passwords: unknown = JSON.parse(await readFile(join(dataDir, passwordFile), 'utf8'));
  const owner = typeof passwords === 'object' && passwords !== null ? Reflect.get(passwords, 'owner') : '';
  const port = (await readFile(join(dataDir, pidFile), 'utf8')).split('\n')[3];
  return `postgres://alongside_owner:${String(owner)}@127.0.0.1:${port}/alongside`;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
