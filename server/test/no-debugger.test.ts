/** SIGUSR1 opens the debugger of a Node process, and none of ours; nor does one of ours end with words of others. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '@alongside/testkit';
import { afterEach, describe, expect, it } from 'vitest';

const guard = new URL('../dist/app/no-debugger.js', import.meta.url).href;
const ending = new URL('../dist/app/wordless-ending.js', import.meta.url).href;
const source = (name: string) => fileURLToPath(new URL(`../src/app/${name}`, import.meta.url));
/** Says at each line that it is given where its debugger listens; on a free port, so that no other one is in its way. */
const TELLS = `process.debugPort = 0; const { url } = await import('node:inspector');
  process.stdin.on('data', () => console.log(url() ?? 'closed')); console.log('ready');`;
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    if (child.signalCode === null) await once(child, 'exit');
  }
});

async function start(before: string) {
  const args = ['--input-type=module', '-e', `${before}${TELLS}`];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    signal: () => child.kill('SIGUSR1'),
    debuggerAt: async (): Promise<string> => {
      child.stdin.write('?\n');
      return (await lines.next()).value ?? 'ended';
    },
  };
}

describe('The debugger', () => {
  it('is opened by a signal in any process but ours, which lives on', async () => {
    const [any, ours] = await Promise.all([start(''), start(`await import('${guard}');`)]);
    expect(await any.debuggerAt()).toBe('closed');
    ours.signal();
    any.signal();
    await until(async () => (await any.debuggerAt()) !== 'closed');
    expect(await ours.debuggerAt()).toBe('closed');
  });

  it.each(['main.ts', 'start-guard.ts', 'live-main.ts', 'records-main.ts'])(
    'is closed first of all in %s',
    async (name) => {
      const [first] = /^import .*$/m.exec(await readFile(source(name), 'utf8')) ?? [];
      expect(first).toMatch(/^import '\.\/(?:no-debugger|start-guard)\.js';$/);
    },
  );
});

describe('What nobody caught', () => {
  it.each([
    ['an error', 'throw new Error(words);'],
    ['a promise', 'Promise.reject(new Error(words));'],
  ])('ends a process of ours without its words: %s', (_what, failing) => {
    const program = `await import('${ending}'); const words = 'line ' + 4111; setImmediate(() => { ${failing} });`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^It ends: an uncaught Error\n/);
    expect(stderr).not.toContain('line 4111');
  });
});
