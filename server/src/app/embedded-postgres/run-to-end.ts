/** Runs one short program of Postgres to its end, with an environment that holds none of ours. */
import { execFile, spawn } from 'node:child_process';
import type { Account } from './account.js';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly libraryFolder?: string;
  readonly input?: string;
  readonly account?: Account;
}

export interface ProgramEnd {
  readonly ok: boolean;
  /** The first line that names an error; empty when it named none and ended well. */
  readonly complaint: string;
}

const OUTPUT_LIMIT = 10_000;

export function runToEnd(program: Program): Promise<ProgramEnd> {
  const { command, args } = wrap(program);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: childEnvironment(program.libraryFolder),
      stdio: ['pipe', 'ignore', 'pipe'],
      cwd: '/',
      ...program.account?.identity,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-OUTPUT_LIMIT);
    });
    // A program that ends before it has read its input breaks the pipe; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(program.input ?? '');
    child.once('error', (error) => resolve({ ok: false, complaint: error.message }));
    child.once('close', (code) => {
      const complaint = firstComplaint(said) || (code === 0 ? '' : `it ended with code ${code}`);
      resolve({ ok: code === 0, complaint });
    });
  });
}

/** What a program is started with: nothing of this process's environment, which may hold secrets. */
export function childEnvironment(libraryFolder: string | undefined): Record<string, string> {
  const basics = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
  return libraryFolder === undefined ? basics : { ...basics, LD_LIBRARY_PATH: libraryFolder };
}

/** The program under the account's prefix, if it has one. */
export function wrap(program: Pick<Program, 'command' | 'args' | 'account'>): {
  command: string;
  args: string[];
} {
  const [first, ...rest] = [...(program.account?.prefix ?? []), program.command, ...program.args];
  return { command: first ?? program.command, args: rest };
}

function firstComplaint(said: string): string {
  return (
    said
      .split('\n')
      .find((line) => /error|fatal|panic|cannot|could not/i.test(line))
      ?.trim() ?? ''
  );
}

/** What a program of the system printed; empty when it failed. */
export function runProgramForText(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, [...args], { env: childEnvironment(undefined) }, (error, printed) => {
      resolve(error ? '' : printed);
    });
  });
}
