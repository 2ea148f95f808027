/** The shop as a process: it starts by each of the three ways, says what is wrong, and never outlives its parent. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freshBuild, ShopClient } from '../test/shop-client.js';

let built: Awaited<ReturnType<typeof freshBuild>>;
let main: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  built = await freshBuild();
  main = join(built.directory, 'main.js');
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

afterAll(() => built.remove());

function forked(): ChildProcess {
  const child = fork(main, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  children.push(child);

  return child;
}

async function told(child: ChildProcess): Promise<Record<string, unknown>> {
  const [message] = await once(child, 'message');

  return Object.fromEntries(Object.entries(message));
}

test('over IPC: it listens, changes the embedding, keeps it when told nonsense, and ends with its parent', async () => {
  const child = forked();
  child.send({ kind: 'start', settings: { port: 0 } });
  const listening = await told(child);
  const client = new ShopClient(Number(listening.port));

  expect(listening.url).toBe(`http://${client.host}`);
  expect((await client.ask('/')).text).not.toContain('data-alongside-site');
  child.send({ kind: 'setSdk', sdk: { scriptUrl: 'javascript:alert(1)', siteKey: 'k' } });
  expect(await told(child)).toMatchObject({ kind: 'failed', code: 'badSettings' });
  child.send({
    kind: 'setSdk',
    sdk: { scriptUrl: 'http://console.localhost:3000/sdk/v1/loader.js', siteKey: 'k' },
  });
  child.send({ kind: 'setSdk', sdk: { siteKey: '' } });
  await told(child);
  expect((await client.ask('/')).text).toContain('data-alongside-site="k"');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('with an argument: it says where it listens, and SIGTERM ends it', async () => {
  const child = spawn(process.execPath, [main, '{"port":0}'], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout, 'data');

  expect(JSON.parse(String(line))).toMatchObject({ kind: 'listening' });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('on standard input: all faults are named at once, with exit code 1', async () => {
  const child = spawn(process.execPath, [main], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const exit = once(child, 'exit');
  child.stdin.end(JSON.stringify({ port: 70_000, publicHost: 'shop', sdk: { scriptUrl: 'ftp://x' } }));
  const report: unknown = JSON.parse(await text(child.stdout));

  expect(report).toMatchObject({ kind: 'failed', code: 'badSettings' });
  expect(JSON.stringify(report)).toMatch(/port must be.*publicHost must be.*sdk.scriptUrl must be/);
  expect(await exit).toEqual([1, null]);
});

test('a taken port is reported by its code', async () => {
  const first = forked();
  first.send({ kind: 'start', settings: { port: 0 } });
  const { port } = await told(first);
  const second = forked();
  const exit = once(second, 'exit');
  second.send({ kind: 'start', settings: { port } });

  expect(await told(second)).toMatchObject({ kind: 'failed', code: 'EADDRINUSE' });
  expect(await exit).toEqual([1, null]);
});
