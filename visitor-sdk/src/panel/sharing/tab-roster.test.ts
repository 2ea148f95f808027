/** The tabs of one visitor know of each other while the page may be seen, and the one in front says which there are. */

import type { VisitorTab } from '@alongside/protocol';
import { tabLimits } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TabMemory } from '../session/tab-memory.js';
import type { TabMessage } from './tab-message.js';
import { readTabMessage } from './tab-message.js';
import type { TabChannel } from './tab-roster.js';
import { TabRoster } from './tab-roster.js';

/** What a browser does between the tabs of one origin: everybody hears, but for the one who speaks. */
class Bus {
  readonly channels = new Set<TabChannel>();

  open(): TabChannel {
    const channel: TabChannel = {
      onmessage: null,
      postMessage: (message) => {
        for (const each of this.channels) if (each !== channel) each.onmessage?.({ data: message });
      },
      close: () => void this.channels.delete(channel),
    };
    this.channels.add(channel);
    return channel;
  }

  say(message: unknown): void {
    for (const each of this.channels) each.onmessage?.({ data: message });
  }
}

/** The storage of one tab, which a tab that is opened out of it begins with. */
class TabStore {
  values: Map<string, string>;
  constructor(values = new Map<string, string>()) {
    this.values = values;
  }
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
  copy = () => new TabStore(new Map(this.values));
}

let bus: Bus;
let page: EventTarget;
const rosters: TabRoster[] = [];

interface Tab {
  readonly roster: TabRoster;
  readonly words: { title?: string; path?: string };
  readonly store: TabStore;
  inFront: boolean;
  told: readonly VisitorTab[] | undefined;
  /** How often another tab has said that it is shown no more. */
  heard: number;
}

function tab(path: string, store = new TabStore()): Tab {
  vi.advanceTimersByTime(10);
  const made: Tab = {
    words: { path },
    store,
    inFront: false,
    told: undefined,
    heard: 0,
    roster: new TabRoster({
      memory: new TabMemory(store, 'site_0123456789'),
      channel: () => bus.open(),
      words: () => made.words,
      isInFront: () => made.inFront,
      onTabs: (tabs) => {
        made.told = tabs;
      },
      onBehind: () => void made.heard++,
    }),
  };
  rosters.push(made.roster);
  made.roster.join('e');
  return made;
}
const paths = ({ told }: Tab) => told?.map((each) => (each.inFront ? `>${each.path}` : each.path));

beforeEach(() => {
  vi.useFakeTimers();
  bus = new Bus();
  page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  for (const roster of rosters.splice(0)) roster.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the tabs of a visitor', () => {
  it('are told by the one in front, the oldest first, whoever was there before', () => {
    const first = tab('/alder');
    const second = tab('/rowan');
    second.inFront = true;
    second.roster.look();
    expect(paths(second)).toEqual(['/alder', '>/rowan']);
    expect(first.told).toBeUndefined();
    second.inFront = false;
    first.inFront = true;
    first.roster.look();
    expect(paths(first)).toEqual(['>/alder', '/rowan']);
  });

  it('come and go, and say when their words change', () => {
    const first = tab('/alder');
    first.inFront = true;
    const second = tab('/rowan');
    expect(paths(first)).toEqual(['>/alder', '/rowan']);
    second.words.path = '/hazel';
    vi.advanceTimersByTime(2_000);
    expect(paths(first)).toEqual(['>/alder', '/hazel']);
    delete second.words.path;
    vi.advanceTimersByTime(2_000);
    expect(paths(first)).toEqual(['>/alder', undefined]);
    second.roster.leave();
    expect(paths(first)).toEqual(['>/alder']);
  });

  it('stay the same tab from page to page, and when a page is put away and shown again', () => {
    const first = tab('/alder');
    first.inFront = true;
    const second = tab('/rowan');
    const id = first.told?.[1]?.id;
    second.roster.leave();
    const next = tab('/hazel', second.store);
    expect(first.told?.map((each) => each.id).at(1)).toBe(id);
    expect(paths(first)).toEqual(['>/alder', '/hazel']);
    first.inFront = false;
    next.inFront = true;
    page.dispatchEvent(new Event('pagehide'));
    expect(bus.channels.size).toBe(0);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(paths(next)).toEqual(['/alder', '>/hazel']);
  });

  it('are two when one was opened out of the other, with its memory', () => {
    const first = tab('/alder');
    first.inFront = true;
    const copy = tab('/rowan', first.store.copy());
    expect(paths(first)).toEqual(['>/alder', '/rowan']);
    const own = first.told?.[0]?.id;
    expect(first.told?.[1]?.id).not.toBe(own);
    expect(new TabMemory(copy.store, 'site_0123456789').get('tab')).not.toContain(`${own} `);
  });

  it('hear of the one that was shown that it is not any more', () => {
    const [first, second] = [tab('/alder'), tab('/rowan')];
    first.roster.fellBehind();
    expect([first.heard, second.heard]).toEqual([0, 1]);
  });

  it('are forgotten when they answer no more', () => {
    const first = tab('/alder');
    first.inFront = true;
    bus.say({ kind: 'here', tab: { id: 7, bornAt: 1, loadedAt: 1, path: '/crashed' } });
    expect(paths(first)).toEqual(['/crashed', '>/alder']);
    const second = tab('/rowan');
    vi.advanceTimersByTime(60_000);
    expect(paths(first)).toEqual(['>/alder', '/rowan']);
    expect(second.told).toBeUndefined();
  });

  it('are no more than so many, and say nothing once they have left', () => {
    const first = tab('/alder');
    first.inFront = true;
    for (let id = 1; id < 100; id += 1) bus.say({ kind: 'here', tab: { id, bornAt: id, loadedAt: 1 } });
    expect(first.told).toHaveLength(tabLimits.tabs);
    first.roster.leave();
    first.told = undefined;
    first.roster.look();
    vi.advanceTimersByTime(60_000);
    expect([first.told, bus.channels.size]).toEqual([undefined, 0]);
  });

  it('is one alone where the page may have no channel', () => {
    const told: unknown[] = [];
    const roster = new TabRoster({
      memory: new TabMemory(undefined, 'site_0123456789'),
      channel: () => undefined,
      words: () => ({ title: 'Alder' }),
      isInFront: () => true,
      onTabs: (tabs) => void told.push(tabs),
      onBehind: () => undefined,
    });
    roster.join('e');
    roster.look();
    roster.close();
    expect(told.at(-1)).toEqual([{ id: expect.any(Number), inFront: true, title: 'Alder' }]);
  });
});

describe('a message of another tab', () => {
  const known = { id: 1, bornAt: 2, loadedAt: 3, title: 'Alder', path: '/alder' };
  const here = (tab: unknown): TabMessage | undefined => readTabMessage({ kind: 'here', tab });

  it('is read with the words it may have', () => {
    expect(here(known)).toEqual({ kind: 'here', tab: known });
    expect(here({ ...known, more: 'x', title: 'x'.repeat(81), path: 'alder' })).toEqual({
      kind: 'here',
      tab: { id: 1, bornAt: 2, loadedAt: 3 },
    });
  });

  it.each([
    undefined,
    null,
    'who',
    {},
    { kind: 'here' },
    { kind: 'here', tab: { ...known, id: -1 } },
    { kind: 'here', tab: { ...known, id: 'a' } },
    { kind: 'here', tab: { ...known, bornAt: Number.NaN } },
    { kind: 'gone', id: 1.5 },
  ])('is none of ours: %j', (value) => {
    expect(readTabMessage(value)).toBeUndefined();
  });
});
