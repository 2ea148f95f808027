/** The command with which an officer is let in again whom nobody else of their customer can. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Customer } from './records-customer.js';
import { World } from './records-world.js';

const commandOf = (name: string) => fileURLToPath(new URL(`../dist/app/${name}.js`, import.meta.url));
const password = 'a long enough sentence';
let world: World;
let own: Customer;

beforeAll(async () => {
  world = await World.start();
  own = await world.customer('Hazel');
  await world.customer('Birch');
});
afterAll(() => world?.stop());

/** Beside an installation that runs: its database is in use, and found through its data folder. */
const officerLink = (...args: string[]) => run('officer-link', args);
const breakGlass = (...args: string[]) => run('break-glass', args);

async function run(name: string, args: string[]): Promise<{ code: number; out: string; told: string }> {
  const { PATH = '' } = process.env;
  const env = { PATH, DATA_DIR: world.folder, CONSOLE_PORT: String(world.port) };
  const done = promisify(execFile)(process.execPath, [commandOf(name), ...args], { env });
  return done.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, told: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, told: stderr }),
  );
}

const signIn = (given: string) =>
  world.ask('POST', '/api/session', { body: { email: own.officer.email, password: given } });

it('tells of an address that is no officer’s, and changes nothing', async () => {
  const agent = await own.agent('Aki');
  for (const args of [['nobody@example.org'], [agent.email], [], [own.officer.email, 'more']]) {
    const { code, out, told } = await officerLink(...args);
    expect([code, out], told).toEqual([1, '']);
    expect(told).toMatch(/^alongside: (No enabled officer has|Say whom)/);
  }
  expect((await own.officer.get('/api/customer')).status).toBe(200);
  expect((await agent.get('/api/customer')).status).toBe(200);
});

it('[EA1] opens an emergency access with a name, a place and a reason, and not without', async () => {
  const who = ['--operator', 'Olli', '--country', 'FI', '--ticket', 'T-1'];
  for (const args of [
    [own.officer.email, ...who],
    ['nobody@example.org', ...who, '--reason', 'A fault'],
  ]) {
    const { code, out, told } = await breakGlass(...args);
    expect([code, out], told).toEqual([1, '']);
  }
  const { code, out, told } = await breakGlass(own.officer.email, ...who, '--reason', 'A fault');
  expect([code, told]).toEqual([0, '']);
  const [, authorization = ''] = /^authorization: (Emergency [\w-]{43})$/m.exec(out) ?? [];
  const headers = { authorization };
  expect((await world.ask('GET', '/api/emergency/engagements', { headers })).status).toBe(200);
  expect((await own.officer.get('/api/customer')).body.missing).toContain('emergency');
});

it('makes a link for the last officer, and ends their password and sessions', async () => {
  const { code, out, told } = await officerLink(own.officer.email.toUpperCase());
  expect([code, told]).toEqual([0, '']);
  const [, secret] = /^Hazel: http:\/\/console\.localhost:\d+\/enrol#([\w-]{43})$/m.exec(out) ?? [];
  expect(out.match(/enrol#/g)).toHaveLength(1);
  expect((await own.officer.get('/api/customer')).status).toBe(401);
  expect((await signIn(password)).status).toBe(401);
  const body = { secret, displayName: 'Hazel officer', password: 'quite another sentence' };
  const enrolled = await world.ask('POST', '/api/enrolments', { body });
  expect([enrolled.status, enrolled.body.me.roles]).toEqual([200, ['officer']]);
  expect((await signIn(body.password)).status).toBe(200);
  const headers = { authorization: `Bearer ${enrolled.body.accessToken}` };
  const audit = (await world.ask('GET', '/api/audit', { headers })).body as readonly { action: string }[];
  expect(audit.map((each) => each.action)).toContain('person.linkMadeOnMachine');
});
