/** How often one address may ask: each limit of the table to its last point, with the factor of a real start. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../src/http/index.js';
import { allowed } from '../src/http/rate-limits.js';
import { World } from './records-world.js';

let world: World;

beforeAll(async () => {
  world = await World.start({ rateFactor: 1 });
});
afterAll(() => world?.stop());

const routes = allRoutes({
  signUp: { mode: 'open' },
  consoleOrigin: 'http://console.localhost',
  replayOrigin: 'http://replay.localhost',
  proof: { folder: '/nowhere', keysFolder: '/nowhere' },
  version: 'test',
});

/** It counts failures of one e-mail and no requests, which is a test of its own below. */
const { signInFailure, ...perAddress } = allowed;

const limitsOfTable = Object.entries(perAddress).map(([name, { points }]) => ({
  ...{ name, points },
  route: routes.find(({ limit }) => limit === name),
}));

let addresses = 0;
/** Of a network of its own: IPv6 is counted by /64. */
function newAddress(): string {
  addresses += 1;
  return addresses % 2 === 0 ? `2001:db8:0:${addresses}::1` : `203.0.113.${addresses}`;
}

describe.each(limitsOfTable)('$name', ({ route, points }) => {
  /** With a query that no route knows: it costs a point, and nothing after that. */
  async function ask(remoteAddress: string): Promise<readonly [number, string]> {
    if (route === undefined) throw new Error('No route is under this limit.');
    const answer = await world.records.consoleApp.inject({
      ...{ method: route.method, url: `${route.path.replace(/:\w+/, 'x')}?surplus=1`, remoteAddress },
      headers: { host: new URL(world.consoleOrigin).host },
    });
    return [answer.statusCode, answer.json().refusal.code];
  }

  it('lets an address ask so often and no more, by name, and no other pays for it', async () => {
    const [crowded, other] = [newAddress(), newAddress()];
    for (let count = 0; count < points; count += 1) expect(await ask(crowded)).toEqual([400, 'malformed']);
    expect(await ask(crowded)).toEqual([429, 'tooFast']);
    expect(await ask(crowded)).toEqual([429, 'tooFast']);
    expect(await ask(other)).toEqual([400, 'malformed']);
  });
});

it('names a limit for every route', () => {
  const named = new Set(routes.map(({ limit }) => limit));
  expect([...named].toSorted()).toEqual(Object.keys(perAddress).toSorted());
});

describe('guessing', () => {
  it('is stopped after ten failures for one e-mail, and not for others', async () => {
    const customer = await world.customer('Rowan');
    const { email } = customer.officer;
    const signIn = async (given: { readonly email: string; readonly password: string }) =>
      world.ask('POST', '/api/session', { body: given });
    const codes: string[] = [];
    for (let attempt = 0; attempt < signInFailure.points + 2; attempt += 1) {
      codes.push((await signIn({ email, password: 'wrong' })).body.refusal.code);
    }
    expect(signInFailure.points).toBe(10);
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'notAdmitted'));
    expect(codes.slice(10)).toEqual(['tooFast', 'tooFast']);
    const password = 'a long enough sentence';
    expect((await signIn({ email, password })).status).toBe(429);
    expect((await signIn({ email: 'else@rowan.example', password })).status).toBe(401);
  });
});
