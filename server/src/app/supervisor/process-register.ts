/**
 * Which processes this installation runs, noted in its data folder: a start after a kill finds those that were
 * left behind, and two starts on one folder do not meet.
 */

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessMark } from '../embedded-postgres/server-process.js';
import { hasEnded, isAlive, markOf } from '../embedded-postgres/server-process.js';
import { StartFailure } from './start-failure.js';

const MAIN = 'main';
const GRACE_MS = 5000;

export class ProcessRegister {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws when another start works with the folder; ends what a killed one left behind. */
  static async open(folder: string): Promise<{ register: ProcessRegister; orphans: number }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const register = new ProcessRegister(folder);
    const main = await register.#read(MAIN);
    if (main !== undefined && main.pid !== process.pid && (await isAlive(main))) {
      throw new StartFailure(
        `This installation already runs as process ${main.pid}. End that one, or set DATA_DIR to another folder.`,
      );
    }
    const orphans = await register.#endOrphans();
    await register.note(MAIN, process.pid);
    return { register, orphans };
  }

  async note(name: string, pid: number): Promise<void> {
    const mark = await markOf(pid);
    // A process that has ended already has left nothing to find.
    if (mark !== undefined) await writeFile(this.#file(name), JSON.stringify(mark), { mode: 0o600 });
  }

  async forget(name: string): Promise<void> {
    await rm(this.#file(name), { force: true });
  }

  close(): Promise<void> {
    return this.forget(MAIN);
  }

  async #endOrphans(): Promise<number> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.json'));
    let ended = 0;
    for (const name of names.map((file) => file.slice(0, -'.json'.length))) {
      const mark = await this.#read(name);
      if (mark !== undefined && mark.pid !== process.pid && (await isAlive(mark))) {
        await endProcess(mark);
        ended += 1;
      }
      await this.forget(name);
    }
    return ended;
  }

  async #read(name: string): Promise<ProcessMark | undefined> {
    const text = await readFile(this.#file(name), 'utf8').catch(() => '');
    const [, pid, began] = /^\{"pid":(\d+),"began":"([^"]+)"\}$/.exec(text) ?? [];
    return pid === undefined || began === undefined ? undefined : { pid: Number(pid), began };
  }

  #file(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

/** Children notice the end of their supervisor by themselves; this is for one that hangs. */
async function endProcess(mark: ProcessMark): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(mark.pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
    if (await hasEnded(mark, GRACE_MS)) return;
  }
  throw new StartFailure(
    `Process ${mark.pid} of an earlier start cannot be ended. End it, then start again.`,
  );
}
