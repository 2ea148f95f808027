/**
 * The log of the embedded server, which writes to its end for as long as it runs. It is kept over restarts, so that the
 * end of the run before can be read, and emptied when it has grown large or old: no line is kept for longer than 30 days.
 */

import { type FileHandle, open } from 'node:fs/promises';

const LIMIT_BYTES = 1_000_000;
/** With a day to spare for whoever starts late. */
const OLDEST_MS = 29 * 86_400_000;
const LOOK_EACH_MS = 3_600_000;
/** The first line begins with when it was written. */
const HEAD_BYTES = 4_096;

export interface PostgresLog {
  readonly fd: number;
  close(): Promise<void>;
}

/** For the server, which has its own copy of the descriptor once it was started. */
export async function openPostgresLog(file: string): Promise<PostgresLog> {
  const log = await open(file, 'a+', 0o600);
  if ((await log.stat()).size > LIMIT_BYTES) await log.truncate(0);
  await emptyOld(log);
  return log;
}

/** Until it is told to stop. The server appends, so that what it writes next is the first line. */
export function keepPostgresLogYoung(file: string): () => void {
  const look = async (): Promise<void> => {
    const log = await open(file, 'r+');
    try {
      await emptyOld(log);
    } finally {
      await log.close();
    }
  };
  // A folder that was taken away has no log to be emptied.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EACH_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function emptyOld(log: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });
  if (bytesRead === 0) return;
  const [day, time] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/m.exec(buffer.toString('latin1', 0, bytesRead))?.slice(1) ?? [];
  // Without a date nobody can tell how old it is; what is written last says how old it is at least.
  const since = day === undefined ? (await log.stat()).mtimeMs : Date.parse(`${day}T${time}Z`);
  if (since < Date.now() - OLDEST_MS) await log.truncate(0);
}
