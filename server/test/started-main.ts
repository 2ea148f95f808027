/** The whole installation as a process of its own, on free ports and in a data folder of its own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '@alongside/testkit';

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = fileURLToPath(new URL('../dist/app/main.js', import.meta.url));
/** Less than a test may take, so that it is told what was printed. */
const START_LIMIT_MS = 50_000;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export class StartedMain {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #exit: Promise<number>;

  constructor(env: Readonly<Record<string, string>>, program = main) {
    const { PATH = '', TMPDIR } = process.env;
    const ports = { CONSOLE_PORT: '0', LIVE_PORT: '0', REPLAY_PORT: '0', SHOP_PORT: '0' };
    this.#child = spawn(process.execPath, [program], {
      cwd: root,
      env: { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...ports, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
    }
    this.#exit = once(this.#child, 'exit').then(([code]) => Number(code ?? -1));
  }

  get text(): string {
    return this.lines.join('\n');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async ready(): Promise<this> {
    await this.waitFor(/Ctrl-C ends everything/);
    return this;
  }

  async waitFor(pattern: RegExp, times = 1): Promise<void> {
    const count = (): number => this.lines.filter((line) => pattern.test(line)).length;
    const hasEnded = (): boolean => this.#child.exitCode !== null || this.#child.signalCode !== null;
    const isOver = until(() => count() >= times || hasEnded(), START_LIMIT_MS);
    await isOver.catch(() => undefined);
    if (count() < times) throw new Error(`It ${hasEnded() ? 'ended' : 'has not come so far'}: ${this.text}`);
  }

  origin(name: 'Console' | 'Shop' | 'Live' | 'Replay'): string {
    const found = new RegExp(`^  ${name} +(http\\S+)`, 'm').exec(this.text)?.[1];
    if (found === undefined) throw new Error(`No address of ${name}: ${this.text}`);
    return found;
  }

  /** Names below `localhost` are what browsers resolve: here the host is named by hand. */
  ask(name: 'Console' | 'Shop' | 'Live' | 'Replay', path: string): Promise<Answer> {
    const { host, port } = new URL(this.origin(name));
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      asked.once('error', reject);
      asked.end();
    });
  }

  /** The lines of sign-in, as a person reads them. */
  signIns(): readonly string[] {
    return this.lines.filter((line) => /^ {2}(Agent|Officer) /.test(line));
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  exit(): Promise<number> {
    return this.#exit;
  }

  async stop(): Promise<number> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGINT');
    return this.#exit;
  }
}
