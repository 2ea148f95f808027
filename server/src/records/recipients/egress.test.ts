/** The one way out, with real servers at its end: whom it speaks to, and to whom no connection is even opened. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecipientRow } from '../entities/recipient-entity.js';
import { Egress } from './egress.js';

const now = Date.parse('2026-06-15T12:00:00Z');
const sending = { method: 'PUT', path: '/lines/1', authorization: 'Bearer x', body: '{}' } as const;
let registered: Server;
let other: Server;
let connections = 0;

async function listen(): Promise<Server> {
  const server = createServer((request, response) => {
    // Wherever it leads: it is not followed.
    if (request.url?.startsWith('/moved'))
      response.writeHead(307, { location: `http://${placeOf(other)}/` }).end();
    else response.writeHead(204).end();
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
const placeOf = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  [registered, other] = [await listen(), await listen()];
});
afterAll(() => {
  registered.close();
  other.close();
});

/** With whom it is told to speak, and how many connections that opened. */
async function sent(more: Partial<RecipientRow> = {}, method: 'PUT' | 'DELETE' = 'PUT') {
  const egress = new Egress({ privatePlaces: [placeOf(registered)], clock: () => now });
  const row = {
    ...{
      endpoint: `http://${placeOf(registered)}`,
      approvedAt: new Date(now - 2),
      activeFrom: new Date(now - 1),
    },
    ...{ role: 'ownStore', endedAt: null, evidenceUntil: null },
    ...more,
  } as RecipientRow;
  const before = connections;
  const answer = await egress.send(row, { ...sending, method });
  return [answer.ok ? answer.value.status : answer.refusal.detail, connections - before];
}

it('[CX8] reaches whom the register lets receive', async () => {
  expect(await sent()).toEqual([204, 1]);
});

it.each([
  ['is not approved', { approvedAt: null }, 'recipient'],
  ['is announced for later', { activeFrom: new Date(now + 1) }, 'recipient'],
  ['was ended', { endedAt: new Date(now - 1) }, 'recipient'],
  ['has evidence that ran out', { evidenceUntil: '2026-06-14' }, 'recipient'],
  ['has no endpoint', { endpoint: null }, 'recipient'],
])('[CX8] opens no connection to one that %s', async (_, more, detail) => {
  expect(await sent(more)).toEqual([detail, 0]);
});

it.each([
  ['was ended', { endedAt: new Date(now - 1) }, [204, 1]],
  ['has evidence that ran out', { evidenceUntil: '2026-06-14' }, [204, 1]],
  ['is not approved', { approvedAt: null }, ['recipient', 0]],
])('[RC2] tells one that %s what to erase only where it may have something', async (_, more, told) => {
  expect(await sent(more, 'DELETE')).toEqual(told);
});

it('[CX8] opens none to a place that nobody named, whatever name leads there', async () => {
  const { port } = other.address() as AddressInfo;
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0']) {
    expect(await sent({ endpoint: `http://${host}:${port}` })).toEqual(['endpoint', 0]);
  }
  // By a name there is no telling before it was looked up.
  expect(await sent({ endpoint: `https://localhost:${port}` })).toEqual(['address', 0]);
});

it('[CX8] follows nobody elsewhere', async () => {
  expect(await sent({ endpoint: `http://${placeOf(registered)}/moved` })).toEqual([307, 1]);
});
