/** The return secret: how far it reaches, and that nothing of it stays. */

import { describe, expect, it } from 'vitest';
import type { ReturnEntry, TabStorage } from './return-store.js';
import { ReturnStore } from './return-store.js';

/** Keeps cookies as a browser does for one page: by name and domain, dropping what has no time left. */
class PageJar {
  readonly cookies = new Map<string, string>();
  readonly written: string[] = [];

  read(): string {
    return [...this.cookies].map(([key, value]) => `${key.split(';')[0]}=${value}`).join('; ');
  }

  write(cookie: string): void {
    this.written.push(cookie);
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name, value = ''] = pair.split('=');
    const domain = attributes.find((each) => each.startsWith('Domain=')) ?? '';
    const key = `${name};${domain}`;
    if (attributes.includes('Max-Age=0')) this.cookies.delete(key);
    else this.cookies.set(key, value);
  }
}

class Tab implements TabStorage {
  readonly values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }
  removeItem(key: string): void {
    this.values.delete(key);
  }
}

const refusing = {
  read: () => '',
  write: () => undefined,
};
const forbidden = {
  read: (): string => {
    throw new Error('forbidden');
  },
  write: () => {
    throw new Error('forbidden');
  },
};
const full: TabStorage = {
  getItem: () => null,
  setItem: () => {
    throw new Error('full');
  },
  removeItem: () => undefined,
};
const entry = {
  engagementId: '0b9f1c1e-3f5c-4a5e-9a68-6a6a4c1d2e3f',
  secret: 'A'.repeat(43),
} as ReturnEntry;

function place(over: Partial<ConstructorParameters<typeof ReturnStore>[0]> = {}) {
  return {
    site: 'site_0123456789abcdefghijkl',
    hostname: 'pay.shop.example',
    secure: true,
    jar: new PageJar(),
    tab: new Tab(),
    now: () => 1_000,
    ...over,
  };
}

describe('ReturnStore', () => {
  it('keeps the secret in a cookie of the site’s domain, for a day, that is never sent along from elsewhere', () => {
    const jar = new PageJar();
    const store = new ReturnStore(place({ jar }));
    store.useDomain('shop.example');
    expect(store.keep(entry)).toBe('site');
    expect(jar.written).toEqual([
      `alongside_01234567=${entry.engagementId}.${entry.secret}; Path=/; SameSite=Lax; Max-Age=86400; Domain=shop.example; Secure`,
    ]);
    expect(new ReturnStore(place({ jar, hostname: 'www.shop.example' })).read()).toEqual(entry);
  });

  it('ignores a domain that this page is not inside', () => {
    const jar = new PageJar();
    const store = new ReturnStore(place({ jar, hostname: 'evilshop.example' }));
    store.useDomain('shop.example');
    store.keep(entry);
    expect(jar.written[0]).not.toContain('Domain');
  });

  it('does without Secure on plain http, where a browser would drop the cookie', () => {
    const jar = new PageJar();
    new ReturnStore(place({ jar, secure: false })).keep(entry);
    expect(jar.written[0]).not.toContain('Secure');
  });

  it('falls back to the tab where cookies are refused, and to the page where nothing is left', () => {
    const tab = new Tab();
    expect(new ReturnStore(place({ jar: refusing, tab })).keep(entry)).toBe('tab');
    expect(new ReturnStore(place({ jar: refusing, tab })).read()).toEqual(entry);
    for (const each of [undefined, full]) {
      const store = new ReturnStore(place({ jar: forbidden, tab: each }));
      expect(store.keep(entry)).toBe('page');
      expect(store.read()).toEqual(entry);
    }
  });

  it('tells beforehand how far a secret would reach, and leaves nothing behind', () => {
    const jar = new PageJar();
    const tab = new Tab();
    expect(new ReturnStore(place({ jar, tab })).probe()).toBe('site');
    expect(new ReturnStore(place({ jar: refusing, tab })).probe()).toBe('tab');
    expect(new ReturnStore(place({ jar: refusing, tab: full })).probe()).toBe('page');
    expect(jar.read()).toBe('');
    expect(tab.values.size).toBe(0);
  });

  it('takes the cookie away at the end, and keeps the receipt within reach of this tab', () => {
    const jar = new PageJar();
    const tab = new Tab();
    const store = new ReturnStore(place({ jar, tab }));
    store.useDomain('shop.example');
    store.keep(entry);
    store.retire(entry);
    expect(jar.read()).toBe('');
    expect(new ReturnStore(place({ jar, tab })).read()).toEqual(entry);
    expect(new ReturnStore(place({ jar, tab: new Tab() })).read()).toBeUndefined();
  });

  it('tells how far a kept secret reaches without keeping it longer', () => {
    const jar = new PageJar();
    const tab = new Tab();
    const store = new ReturnStore(place({ jar, tab }));
    expect(store.reach()).toBe('page');
    store.keep(entry);
    const written = jar.written.length;
    expect(store.reach()).toBe('site');
    store.retire(entry);
    expect(store.reach()).toBe('tab');
    expect(jar.written.slice(written).every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
  });

  it('forgets everything', () => {
    const jar = new PageJar();
    const tab = new Tab();
    const store = new ReturnStore(place({ jar, tab }));
    store.keep(entry);
    store.retire(entry);
    store.forget();
    expect([store.read(), jar.read(), tab.values.size]).toEqual([undefined, '', 0]);
  });

  it('forgets once it knows the domain what it was to forget before', () => {
    const jar = new PageJar();
    const former = new ReturnStore(place({ jar }));
    former.useDomain('shop.example');
    former.keep(entry);
    const store = new ReturnStore(place({ jar }));
    store.forget();
    expect(store.read()).toEqual(entry);
    store.useDomain('shop.example');
    expect([store.read(), jar.read()]).toEqual([undefined, '']);
    store.keep(entry);
    store.useDomain('shop.example');
    expect(store.read()).toEqual(entry);
  });

  it('does not take up a secret that is older than a day', () => {
    const tab = new Tab();
    new ReturnStore(place({ tab, jar: refusing, now: () => 0 })).keep(entry);
    const at = (now: number) => new ReturnStore(place({ tab, jar: refusing, now: () => now })).read();
    expect(at(24 * 3_600_000 - 1)).toEqual(entry);
    expect(at(24 * 3_600_000)).toBeUndefined();
  });

  it.each(['', 'x', 'x.y', `${entry.engagementId}.short`, `${entry.engagementId}.${'!'.repeat(43)}`])(
    'takes no entry from %j',
    (value) => {
      const jar = new PageJar();
      jar.write(`alongside_01234567=${value}; Path=/`);
      expect(new ReturnStore(place({ jar })).read()).toBeUndefined();
    },
  );
});
