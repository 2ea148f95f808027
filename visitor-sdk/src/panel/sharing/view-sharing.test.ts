/** The page is shown while the visitor's consent holds and this tab is in front, and is off at one press. */

import { setMaxListeners } from 'node:events';
import type { EngagementView, MaskingPolicy, VisitorTab } from '@alongside/protocol';
import { intentLimits, limits, strictestMasking } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PanelParts } from '../../embedding/panel-parts.js';
import type { TabStorage } from '../../return/return-store.js';
import type { SharingDeps } from '../../sharing/sharing-part.js';
import type { EngagementSession } from '../session/engagement-session.js';
import { TabMemory } from '../session/tab-memory.js';
import { ViewSharing } from './view-sharing.js';

const off = { state: 'off' } as const;
const agreed = { state: 'on', entry: 3, since: 1, expiresAt: 9e9, paused: false } as const;
const click = { lease: 7, agentId: 'a', kinds: ['click'], expiresAt: 90_000 } as const;
const point = { lease: 8, agentId: 'a', kinds: ['point'], expiresAt: 99_000 } as const;
const lent = { leases: [click, point] } as const;
const engagement = (more: object = {}): EngagementView =>
  ({
    engagementId: 'e',
    phase: 'active',
    view: off,
    control: { leases: [] },
    call: off,
    ...more,
  }) as unknown as EngagementView;

/** A page of which a test decides whether it is in sight, and that hears what is listened to. */
class Page extends EventTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';
}

let page: Page;
let shown: SharingDeps[];
let used: (readonly MaskingPolicy[])[];
let stops: { readonly ended: boolean }[];
let attached: number;
let detached: number;
let toldTabs: (readonly VisitorTab[])[];
let commands: string[];
let prefetched: number;
let answers: Map<string, string>;
let rules: MaskingPolicy | undefined;
/** What the next file of the SDK waits for. */
let slow: Promise<void>;

function begin(view: EngagementView = engagement(), storage?: TabStorage) {
  const session = {
    entry: { engagementId: 'e' },
    engagement: signal<EngagementView | undefined>(view),
    connection: signal('online'),
    skewMs: signal(10_000),
    command: async (name: string) => {
      commands.push(name);
      const refused = answers.get(name);
      if (refused !== undefined) return { ok: false, refusal: { code: refused } };
      return { ok: true, value: { pass: 'pass', url: 'ws://live.test' } };
    },
  };
  const parts = {
    prefetchSharing: () => void prefetched++,
    sharing: async () => {
      await slow;
      return {
        startSharing: async (deps: SharingDeps) => {
          shown.push(deps);
          return {
            attach: async () => {
              attached += 1;
            },
            words: () => ({}),
            tellTabs: (tabs: readonly VisitorTab[]) => void toldTabs.push(tabs),
            tellTrip: () => undefined,
            detach: () => {
              detached += 1;
            },
            useRules: (policy: readonly MaskingPolicy[]) => void used.push(policy),
            stop: (how: { readonly ended: boolean }) => void stops.push(how),
          };
        },
      };
    },
  } as unknown as PanelParts;
  const ended = signal<unknown>(undefined);
  const sharing = new ViewSharing({
    session: signal(session as unknown as EngagementSession),
    ended,
    parts,
    origins: () => [],
    policy: async () => (rules === undefined ? undefined : [rules]),
    host: {} as HTMLElement,
    memory: new TabMemory(storage, 'site_0123456789'),
    agentName: () => 'Aki',
    isOwn: () => false,
    onBack: () => undefined,
    onFollowed: () => undefined,
    clear: () => [],
    announce: () => '',
  });
  return { session, sharing, ended };
}
const settle = () => vi.advanceTimersByTimeAsync(1);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  page = new Page();
  // More listen than Node takes for a leak.
  setMaxListeners(50, page);
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  shown = [];
  stops = [];
  used = [];
  attached = 0;
  detached = 0;
  toldTabs = [];
  prefetched = 0;
  vi.stubGlobal('BroadcastChannel', undefined);
  commands = [];
  answers = new Map();
  rules = {} as MaskingPolicy;
  slow = Promise.resolve();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the page', () => {
  it.each([
    ['nothing was asked', {}],
    ['it is asked for', { view: { state: 'asked', askId: 'a', kinds: [], expiresAt: 1 } }],
    ['nobody has come yet', { phase: 'waiting', view: agreed }],
    ['it has ended', { phase: 'wrapUp', view: agreed }],
  ])('is not shown while %s', async (_, state) => {
    const { sharing } = begin(engagement(state));
    await settle();
    expect([sharing.state.value, shown, commands]).toEqual(['off', [], []]);
  });

  it('is shown once the visitor has agreed, and nothing of it is loaded before', async () => {
    const { session, sharing } = begin();
    await settle();
    expect(shown).toHaveLength(0);
    session.engagement.value = engagement({ view: agreed });
    await settle();
    expect([sharing.state.value, attached, commands]).toEqual(['watched', 1, ['frames:pass']]);
  });

  it('has its file brought near while the visitor is asked, and not before', async () => {
    const { session } = begin();
    expect(prefetched).toBe(0);
    session.engagement.value = engagement({ view: { state: 'asked', askId: 'a', kinds: [], expiresAt: 1 } });
    expect([prefetched, shown]).toEqual([1, []]);
  });

  it('that is out of sight leaves itself to the tab in front, until it comes there', async () => {
    page.visibilityState = 'hidden';
    const { sharing } = begin(engagement({ view: agreed }));
    await settle();
    expect([sharing.state.value, attached]).toEqual(['watched', 0]);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(attached).toBe(1);
  });

  it('waits longer each time that it is not let in', async () => {
    answers.set('frames:pass', 'storageUnavailable');
    begin(engagement({ view: agreed }));
    await vi.advanceTimersByTimeAsync(500 + 1000 + 10);
    expect(commands).toHaveLength(3);
    answers.clear();
    await vi.advanceTimersByTimeAsync(2000);
    expect(attached).toBe(1);
  });

  it('shows nothing while it is not known what has to be masked, and asks again', async () => {
    const known = rules;
    rules = undefined;
    const { sharing } = begin(engagement({ view: agreed }));
    await settle();
    expect([sharing.state.value, shown, commands]).toEqual(['watched', [], []]);
    rules = known;
    await vi.advanceTimersByTimeAsync(600);
    expect([shown.length, attached]).toEqual([1, 1]);
  });

  it.each([
    ['lost', 'watched', 2],
    ['taken', 'otherTab', 1],
    ['broken', 'broken', 1],
  ] as const)('whose stream was %s is %s', async (end, state, times) => {
    const { sharing } = begin(engagement({ view: agreed }));
    await settle();
    shown[0]?.onEnd(end);
    await vi.advanceTimersByTimeAsync(500);
    expect([sharing.state.value, attached]).toEqual([state, times]);
  });

  it('comes back to the tab that is brought to the front', async () => {
    const { sharing } = begin(engagement({ view: agreed }));
    await settle();
    shown[0]?.onEnd('taken');
    page.dispatchEvent(new Event('focus'));
    await settle();
    expect([sharing.state.value, attached]).toEqual(['watched', 2]);
  });

  it('that is put away lets its line go, and takes it up again once it is back and let in', async () => {
    const { session, sharing } = begin(engagement({ view: agreed }));
    await settle();
    page.dispatchEvent(new Event('pagehide'));
    session.connection.value = 'connecting';
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sharing.state.value, attached, detached, stops]).toEqual(['watched', 1, 1, []]);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([attached, commands]).toEqual([1, ['frames:pass']]);
    session.connection.value = 'online';
    await settle();
    expect([sharing.state.value, attached, shown.length]).toEqual(['watched', 2, 1]);
  });

  it('takes a new line after the network was away: the old one may be dead without a word', async () => {
    const { session } = begin(engagement({ view: agreed }));
    await settle();
    session.connection.value = 'offline';
    await settle();
    session.connection.value = 'online';
    await settle();
    expect(attached).toBe(2);
  });

  it('takes a new line also where the network came back while it was out of sight', async () => {
    const { session } = begin(engagement({ view: agreed }));
    await settle();
    page.visibilityState = 'hidden';
    session.connection.value = 'offline';
    session.connection.value = 'online';
    await settle();
    expect(attached).toBe(1);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(attached).toBe(2);
  });

  it('is shown by a second yes that comes while what the first one began is still on its way', async () => {
    let arrive = (): void => undefined;
    slow = new Promise((resolve) => {
      arrive = resolve;
    });
    const { session, sharing } = begin(engagement({ view: agreed }));
    await settle();
    sharing.stop();
    slow = Promise.resolve();
    session.engagement.value = engagement({ view: { ...agreed, entry: 4 } });
    await settle();
    expect([sharing.state.value, attached]).toEqual(['watched', 1]);
    arrive();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([attached, stops]).toEqual([1, [{ ended: false }]]);
  });

  it('that another tab shows leaves the line there when the network is back', async () => {
    const { session, sharing } = begin(engagement({ view: agreed }));
    await settle();
    shown[0]?.onEnd('taken');
    session.connection.value = 'offline';
    session.connection.value = 'online';
    await settle();
    expect([sharing.state.value, attached]).toEqual(['otherTab', 1]);
  });

  it('says that there is this tab, once somebody sees it', async () => {
    begin(engagement({ view: agreed }));
    await settle();
    expect(toldTabs).toEqual([]);
    shown[0]?.onPerson({ watching: true, code: '123456', continuity: 'first' });
    expect(toldTabs).toEqual([[{ id: expect.any(Number), inFront: true }]]);
  });

  it('is off at one press, at once, and the service is told until it has heard', async () => {
    const { session, sharing } = begin(engagement({ view: agreed }));
    await settle();
    answers.set('view:stop', 'storageUnavailable');
    sharing.stop();
    expect(sharing.state.value).toBe('off');
    await vi.advanceTimersByTimeAsync(500);
    expect(stops).toEqual([{ ended: false }]);
    answers.clear();
    await vi.advanceTimersByTimeAsync(1000);
    expect(commands.filter((each) => each === 'view:stop')).toHaveLength(3);
    // Another "yes" is another consent.
    session.engagement.value = engagement({ view: { ...agreed, entry: 4 } });
    await settle();
    expect(sharing.state.value).toBe('watched');
  });

  it('is off with the engagement', async () => {
    const { sharing, ended } = begin(engagement({ view: agreed }));
    await settle();
    ended.value = { survey: true };
    await settle();
    expect([sharing.state.value, stops]).toEqual(['off', [{ ended: true }]]);
  });
});

describe('a lease', () => {
  const leased = engagement({ view: agreed, control: lent });

  it('holds while the page is shown, by this machine’s clock for the page', async () => {
    const { session, sharing } = begin(leased);
    await settle();
    expect(sharing.lent.leases.value).toEqual([click, point]);
    expect(shown[0]?.leases()).toEqual([
      { lease: 7, agentId: 'a', kinds: ['click'], expiresAtMs: 80_000 },
      { lease: 8, agentId: 'a', kinds: ['point'], expiresAtMs: 89_000 },
    ]);
    session.engagement.value = engagement({ control: lent });
    expect(sharing.lent.leases.value).toEqual([]);
  });

  it('is taken back at once, and the service told', async () => {
    const { sharing } = begin(leased);
    await settle();
    sharing.takeBack();
    expect([sharing.lent.leases.value, shown[0]?.leases()]).toEqual([[], []]);
    await settle();
    expect(commands.filter((name) => name === 'control:end')).toHaveLength(1);
  });

  it('is taken back with all others at once, however many agents have however many', async () => {
    const leases = Array.from({ length: limits.leases * limits.agents }, (_, lease) => ({ ...click, lease }));
    const { sharing } = begin(engagement({ view: agreed, control: { leases } }));
    await settle();
    expect(sharing.lent.leases.value).toHaveLength(leases.length);
    sharing.takeBack();
    expect(sharing.lent.leases.value).toEqual([]);
  });

  it('that was taken back does not hold on the next page of this tab either', async () => {
    const stored = new Map<string, string>();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    };
    const before = begin(leased, storage);
    await settle();
    before.sharing.takeBack(7);
    const next = begin(leased, storage);
    await settle();
    expect(next.sharing.lent.leases.value).toEqual([point]);
  });

  it('of the next conversation on this page holds, though the first one’s had its number', async () => {
    const { session, sharing } = begin(leased);
    await settle();
    sharing.takeBack();
    session.entry.engagementId = 'next';
    session.engagement.value = engagement({ engagementId: 'next', view: agreed, control: lent });
    await settle();
    expect(sharing.lent.leases.value).toEqual([click, point]);
  });

  it('is taken back alone, and the others go on', async () => {
    const { sharing } = begin(leased);
    await settle();
    sharing.takeBack(7);
    expect(shown[0]?.leases()).toMatchObject([{ lease: 8 }]);
    await settle();
    expect(commands).toContain('control:end');
    sharing.takeBack(9);
    expect(sharing.lent.leases.value).toHaveLength(1);
  });

  it('is taken back when the page doubts, unless another tab shows itself now', async () => {
    const { sharing } = begin(leased);
    await settle();
    shown[0]?.onEnd('taken');
    shown[0]?.onDoubt();
    expect(sharing.lent.leases.value).toHaveLength(2);
    page.dispatchEvent(new Event('focus'));
    await settle();
    shown[0]?.onDoubt();
    expect(sharing.lent.leases.value).toEqual([]);
  });

  it('that is taken back answers what the page was asking', async () => {
    const { sharing } = begin(leased);
    await settle();
    const asked = shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    expect(sharing.confirm.value).toMatchObject({ label: 'Order' });
    sharing.takeBack();
    expect(await asked).toBe(false);
    expect(sharing.confirm.value).toBeUndefined();
  });

  it.each([
    ['that can act is taken back, though pointing is not', () => [point]],
    ['has run out', () => []],
  ] as const)('that %s takes the question along: a yes to it would do nothing', async (_, left) => {
    const { session, sharing } = begin(leased);
    await settle();
    const asked = shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    session.engagement.value = engagement({ view: agreed, control: { leases: left() } });
    expect([await asked, sharing.confirm.value, sharing.nothing.value]).toEqual([
      false,
      undefined,
      undefined,
    ]);
  });

  it('asks for no longer than its act waits, and says that nothing was done', async () => {
    const { session, sharing } = begin(leased);
    await settle();
    const asked = shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    await vi.advanceTimersByTimeAsync(intentLimits.confirmMs - 1000);
    expect([sharing.confirm.value?.label, sharing.nothing.value]).toEqual(['Order', undefined]);
    await vi.advanceTimersByTimeAsync(999);
    expect([await asked, sharing.confirm.value, sharing.nothing.value]).toEqual([false, undefined, 'ranOut']);
    session.engagement.value = engagement({ view: agreed, control: { leases: [] } });
    expect(sharing.nothing.value).toBeUndefined();
  });

  it('says that nothing was done after a yes either, until something else is asked', async () => {
    const { sharing } = begin(leased);
    await settle();
    const asked = shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    sharing.confirm.value?.answer(true);
    expect([await asked, sharing.nothing.value]).toEqual([true, undefined]);
    shown[0]?.onUndone();
    expect(sharing.nothing.value).toBe('undone');
    void shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    expect(sharing.nothing.value).toBeUndefined();
  });

  it('asks one thing at a time: a second question answers the first with no', async () => {
    const { sharing } = begin(leased);
    await settle();
    const first = shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    const number = sharing.confirm.value?.number;
    const second = shown[0]?.confirm({ reason: 'submit', label: 'Order' });
    expect(await first).toBe(false);
    // In the same words, but another question, which has to be read anew.
    expect(sharing.confirm.value?.number).not.toBe(number);
    sharing.confirm.value?.answer(true);
    expect(await second).toBe(true);
  });

  it('is not taken back by a key that a script has pressed', async () => {
    const { sharing } = begin(leased);
    await settle();
    page.dispatchEvent(Object.assign(new Event('keydown'), { key: 'Escape' }));
    expect(sharing.lent.leases.value).toHaveLength(2);
  });
});

describe('other rules', () => {
  it('hold at once for the page that is shown', async () => {
    const { sharing } = begin(engagement({ view: agreed }));
    await settle();
    rules = { ...strictestMasking, maskSelectors: ['.salary'] };
    sharing.rulesChanged();
    await settle();
    expect(used).toEqual([[rules]]);
  });

  it('that cannot be had leave nothing but structure until they can', async () => {
    const { sharing } = begin(engagement({ view: agreed }));
    await settle();
    rules = undefined;
    sharing.rulesChanged();
    await settle();
    expect(used).toEqual([[strictestMasking]]);
    rules = { ...strictestMasking, text: 'shown' };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(used.at(-1)).toEqual([rules]);
  });
});
