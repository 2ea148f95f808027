/** Whom a framed page shows itself to: both origins are listed, the page itself names the other, and it is the top. */

import { beforeEach, expect, it, vi } from 'vitest';
import { JOIN_HERE, JOIN_OPEN } from '../cobrowse/joined/join-words.js';
import { FrameInvitations } from './frame-invitations.js';

const PARENT = 'https://shop.example';
const told: unknown[] = [];
const top = { postMessage: (...said: unknown[]) => told.push(said) } as unknown as Window;
const port = {} as MessagePort;
const masking = { text: 'masked' };
const theirs = { text: 'shown' };
let answers: { readonly ok: boolean; readonly origins: readonly string[] }[];
let started: unknown[];
let ports: unknown[];
let ends: (() => void)[];
let asked: string[];

function page(parents: readonly string[] = [PARENT]): FrameInvitations {
  return new FrameInvitations({
    service: 'https://service.example',
    site: 'site_x',
    parents,
    top,
    fetch: (async (address: string) => {
      asked.push(address);
      const { ok = false, origins = [] } = answers.shift() ?? {};
      return { ok, json: async () => ({ origins, masking }) };
    }) as unknown as typeof fetch,
    guest: async () =>
      ({
        startFrameGuest: (guest: { readonly port: unknown; readonly policies: unknown; onEnd(): void }) => {
          started.push(guest.policies);
          ports.push(guest.port);
          ends.push(guest.onEnd);
        },
      }) as never,
    moving: async () => ({}) as never,
    control: async () => ({}) as never,
    mayAct: false,
  });
}

const invitation = {
  source: top,
  origin: PARENT,
  data: { [JOIN_OPEN]: { policies: [theirs] } },
  ports: [port],
};
const settle = () => vi.waitFor(() => expect(asked.length + answers.length).toBeGreaterThan(0));

beforeEach(() => {
  told.length = 0;
  ports = [];
  [answers, started, ends, asked] = [[{ ok: true, origins: [PARENT] }], [], [], []];
});

it('shows itself by its own rules and those of the page around it', async () => {
  page().take(invitation);
  await vi.waitFor(() => expect(started).toEqual([[masking, theirs]]));
  expect(asked).toEqual(['https://service.example/v1/sites/site_x/config']);
});

it.each([
  ['a window that is not the top', { ...invitation, source: {} as Window }],
  ['no window', { ...invitation, source: null }],
  ['an origin that it does not name', { ...invitation, origin: 'https://other.example' }],
  ['words that are none', { ...invitation, data: 'alongside:frame:open' }],
  ['nothing', { ...invitation, data: null }],
  ['no rules', { ...invitation, data: { [JOIN_OPEN]: {} } }],
  ['no channel', { ...invitation, ports: [] }],
])('does not even ask the service for %s', async (_, said) => {
  page().take(said);
  await settle();
  expect([asked, started]).toEqual([[], []]);
});

it('shows itself in nothing that it does not name itself, whatever the service lists', async () => {
  page([]).take(invitation);
  await settle();
  expect([asked, started]).toEqual([[], []]);
});

it('shows itself in nothing that the service does not list', async () => {
  answers = [{ ok: true, origins: ['https://far.example'] }];
  const framed = page();
  framed.take(invitation);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  answers = [{ ok: false, origins: [] }];
  await vi.waitFor(() => {
    framed.take(invitation);
    expect(asked).toHaveLength(2);
  });
  expect(started).toEqual([]);
});

it('says that it is there to the pages that it names, and to nobody else', async () => {
  const framed = page([PARENT, '*', '/', 'shop.example', `${PARENT}/`, 'https://two.example']);
  framed.announce();
  expect(told).toEqual([PARENT, 'https://two.example'].map((origin) => [{ [JOIN_HERE]: true }, origin]));
  framed.take(invitation);
  framed.announce();
  expect(told, 'it has been invited').toHaveLength(2);
  await vi.waitFor(() => expect(started).toHaveLength(1));
});

it('answers on the newest channel that came meanwhile, as those before it may be closed', async () => {
  const framed = page();
  framed.take(invitation);
  const newest = {} as MessagePort;
  framed.take({ ...invitation, ports: [newest] });
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(ports[0]).toBe(newest);
  expect(asked).toHaveLength(1);
});

it('takes one channel at a time, and another one once that has ended', async () => {
  const framed = page();
  framed.take(invitation);
  framed.take(invitation);
  await vi.waitFor(() => expect(started).toHaveLength(1));
  framed.take(invitation);
  expect(asked).toHaveLength(1);
  ends[0]?.();
  answers = [{ ok: true, origins: [PARENT] }];
  framed.take(invitation);
  await vi.waitFor(() => expect(started).toHaveLength(2));
});
