/** What anybody is told of what is kept in a visitor's browser is all that the SDK can put there. */

import { readdirSync, readFileSync } from 'node:fs';
import { type EngagementId, storedInBrowser } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { TabMemory } from '../panel/session/tab-memory.js';
import { ReturnStore, type TabStorage } from './return-store.js';

const site = 'site_abcdefgh_and_more';
const secret = 'x'.repeat(43);
const engagementId = '0'.repeat(36) as EngagementId;

/** Everything that is put anywhere, by a browser that takes cookies or does not. */
function put(takesCookies: boolean): readonly string[] {
  const names = new Set<string>();
  const kept = new Map<string, string>();
  const tab: TabStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      names.add(`sessionStorage ${key}`);
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
  const cookies = new Map<string, string>();
  const jar = {
    read: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    write: (cookie: string) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      names.add(`cookie ${name}`);
      if (takesCookies) cookies.set(name, value);
    },
  };
  const place = { site, hostname: 'shop.example', secure: true, jar, tab, now: () => 0 };
  const store = new ReturnStore(place);
  store.probe();
  store.keep({ engagementId, secret });
  store.retire({ engagementId, secret });
  new ReturnStore({ ...place, holds: '_left' }).keep({ engagementId, secret });
  new TabMemory(tab, site).set('open', 'yes');
  return [...names];
}

it('[CV7] is all that is put there, and each of it is', () => {
  const told = storedInBrowser.map(({ where, name }) => `${where} ${name.replace('<site>', 'abcdefgh')}`);
  expect([...new Set([...put(true), ...put(false)])].toSorted()).toEqual(told.toSorted());
});

it('[CV7] is put there by one file alone', () => {
  const root = new URL('../', import.meta.url);
  const touching = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name))
    .filter((name) => {
      const code = readFileSync(new URL(name, root), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      return /document\.cookie|\b(local|session)Storage\b|indexedDB|cookieStore|caches\.open/.test(code);
    });
  expect(touching).toEqual(['return/page-return-store.ts']);
});
