/** What the visitor shows in a call: never this page uncovered, never before the consent is committed, and off at once. */

import type { MaskingPolicy } from '@alongside/protocol';
import { describe, expect, it, vi } from 'vitest';
import type { Picked } from '../../call/share/pick-screen.js';
import type { TabShareDeps } from '../../call/share/share-part.js';
import type { PanelParts } from '../../embedding/panel-parts.js';
import { SharedScreen } from './shared-screen.js';

const policy = { text: 'masked' } as unknown as MaskingPolicy;

class Track extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

/** Something that is waited for until somebody says so. */
function awaited<T>() {
  let done: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    done = resolve;
  });
  return { promise, done: (value: T) => done(value) };
}

function scene({ knowsRules = true, consented = true } = {}) {
  const told: string[] = [];
  const raw = new Track();
  const covered = new Track();
  let tab: TabShareDeps | undefined;
  let known = knowsRules ? policy : undefined;
  let next: Picked = { ok: false, fault: 'refused' };
  let isJoined = true;
  /** What is asked for waits for these, and for nothing once they are done. */
  const held = { yes: Promise.resolve(), share: Promise.resolve(), rules: [] as Promise<MaskingPolicy>[] };
  const refusals: string[] = [];
  const room = {
    send: async (source: string, track: unknown) => {
      told.push(`send ${source} ${track === covered ? 'covered' : 'uncovered'}`);
    },
    stop: (source: string) => told.push(`stop ${source}`),
  };
  const shareTab = (deps: TabShareDeps) => {
    tab = deps;
    return {
      track: covered,
      useRules: (list: readonly unknown[]) => told.push(`rules ${list.length}`),
      stop: () => covered.stop(),
    };
  };
  const screen = new SharedScreen({
    room: () => (isJoined ? (room as never) : undefined),
    parts: {
      call: async () => ({ pickScreen: async () => next }),
      share: async () => {
        await held.share;
        return { shareTab };
      },
    } as unknown as PanelParts,
    consent: async ({ granted, surface }) => {
      told.push(granted ? `yes ${surface}` : 'taken back');
      const code = granted ? undefined : refusals.shift();
      if (code !== undefined) return { ok: false, refusal: { code } } as never;
      if (granted) await held.yes;
      return consented ? { ok: true, value: {} } : undefined;
    },
    rules: async () => held.rules.shift() ?? known,
    root: {} as ShadowRoot,
    hiddenWords: '',
  });
  return {
    ...{ screen, told, raw, covered, held, refusals },
    leaves: () => {
      isJoined = false;
    },
    used: () => tab?.policy,
    shown: (is: boolean) => tab?.onShown(is),
    learn: (now: MaskingPolicy | undefined) => {
      known = now;
    },
    picks: (surface: 'tab' | 'window' | 'screen', track = raw) => {
      next = { ok: true, picked: { track: track as unknown as MediaStreamTrack, surface } };
    },
  };
}

describe('what the visitor shows', () => {
  it('is the covered picture of the page, after the consent was committed', async () => {
    const { screen, told, picks, shown } = scene();
    picks('tab');
    await screen.give('tab');
    expect(told).toEqual(['yes tab', 'send screen covered']);
    expect(screen.state.value).toBe('on');
    shown(false);
    expect(screen.state.value).toBe('hidden');
    shown(true);
    expect(screen.state.value).toBe('on');
  });

  it.each(['window', 'screen'] as const)('is no %s where the page was asked for', async (surface) => {
    const { screen, told, picks, raw } = scene();
    picks(surface);
    await screen.give('tab');
    expect(told).toEqual([]);
    expect(raw.stopped).toBe(true);
    expect(screen.state.value).toBe('notThisPage');
  });

  it('is uncovered only where anything was asked for, and is not the page', async () => {
    const { screen, told, picks } = scene();
    picks('window');
    await screen.give('any');
    expect(told).toEqual(['yes window', 'send screen uncovered']);
    const other = scene();
    other.picks('tab');
    await other.screen.give('any');
    expect(other.told).toEqual(['yes tab', 'send screen covered']);
  });

  it('is nothing without rules, without a committed consent, and where the browser says no', async () => {
    const ruleless = scene({ knowsRules: false });
    const unsaid = scene({ consented: false });
    for (const { screen, picks, told, raw } of [ruleless, unsaid]) {
      picks('tab');
      await screen.give('tab');
      expect(told.filter((each) => each.startsWith('send'))).toEqual([]);
      expect(raw.stopped).toBe(true);
      expect(screen.state.value).toBe('failed');
    }
    const refused = scene();
    await refused.screen.give('tab');
    expect([refused.screen.state.value, refused.told]).toEqual(['refused', []]);
  });

  it('ends in the browser, here, and where it is taken back elsewhere', async () => {
    for (const end of ['browser', 'here', 'elsewhere'] as const) {
      const { screen, told, picks, raw, covered } = scene();
      picks('tab');
      await screen.give('tab');
      screen.follow('tab');
      if (end === 'browser') raw.dispatchEvent(new Event('ended'));
      else if (end === 'here') screen.stop();
      else screen.follow(undefined);
      expect(told, end).toContain('stop screen');
      expect(told.includes('taken back'), end).toBe(end !== 'elsewhere');
      expect([raw.stopped, covered.stopped, screen.state.value], end).toEqual([true, true, 'off']);
    }
  });

  it('shows nothing while other rules are not known, and then what both allow', async () => {
    const { screen, told, picks, learn } = scene();
    picks('tab');
    await screen.give('tab');
    told.length = 0;
    learn(undefined);
    screen.rulesChanged();
    await new Promise(setImmediate);
    expect(told).toEqual(['rules 0']);
    learn(policy);
    screen.rulesChanged();
    await new Promise(setImmediate);
    expect(told).toEqual(['rules 0', 'rules 0', 'rules 2']);
  });

  it('goes on in a call that comes back, and not from a page before', async () => {
    const { screen, told, picks } = scene();
    await screen.comeBack('tab');
    expect(told).toEqual(['taken back']);
    picks('tab');
    await screen.give('tab');
    screen.follow('tab');
    told.length = 0;
    await screen.comeBack('tab');
    expect(told).toEqual(['send screen covered']);
  });

  it('is taken back when that was said while the yes was being taken down', async () => {
    const { screen, told, picks, held } = scene();
    const yes = awaited<void>();
    held.yes = yes.promise;
    picks('window');
    const given = screen.give('any');
    await vi.waitFor(() => expect(told).toContain('yes window'));
    screen.stop();
    yes.done();
    await given;
    await new Promise(setImmediate);
    expect(told.slice(0, 3)).toEqual(['yes window', 'stop screen', 'taken back']);
    expect(told.some((each) => each.startsWith('send'))).toBe(false);
    expect(screen.state.value).toBe('off');
  });

  it('is taken back until the service has heard it, and a new yes waits for that', async () => {
    vi.useFakeTimers();
    try {
      const { screen, told, picks, refusals } = scene();
      picks('window');
      await screen.give('any');
      told.length = 0;
      refusals.push('tooFast', 'internal');
      screen.stop();
      const again = screen.give('any');
      await vi.advanceTimersByTimeAsync(5000);
      await again;
      const back = 'taken back';
      expect(told).toEqual(['stop screen', back, back, back, 'yes window', 'send screen uncovered']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is taken back where it is in force and nothing is shown, by the tab that is in the call', async () => {
    const { screen, told, leaves } = scene();
    screen.follow('tab');
    screen.follow('tab');
    await new Promise(setImmediate);
    expect(told).toEqual(['taken back']);
    leaves();
    screen.follow('tab');
    await new Promise(setImmediate);
    expect(told).toEqual(['taken back']);
  });

  it('gives way to what is picked after it, on a way of its own', async () => {
    const { screen, told, picks, raw, covered } = scene();
    picks('tab');
    await screen.give('tab');
    screen.follow('tab');
    told.length = 0;
    const other = new Track();
    picks('window', other);
    const given = screen.give('any');
    // The service's last word is still of what was shown before.
    screen.follow('tab');
    await given;
    screen.follow('window');
    expect(told).toEqual(['stop screen', 'taken back', 'yes window', 'send screen uncovered']);
    expect([raw.stopped, covered.stopped, other.stopped]).toEqual([true, true, false]);
    expect([screen.state.value, screen.surface.value]).toEqual(['on', 'window']);
  });

  it('stays grey until the last of several changes is known, and asks again for what failed', async () => {
    const { screen, told, picks, held, learn } = scene();
    picks('tab');
    await screen.give('tab');
    told.length = 0;
    const [old, now] = [awaited<MaskingPolicy>(), awaited<MaskingPolicy>()];
    held.rules.push(old.promise, now.promise);
    screen.rulesChanged();
    screen.rulesChanged();
    old.done(policy);
    await new Promise(setImmediate);
    expect(told).toEqual(['rules 0', 'rules 0']);
    now.done(policy);
    await new Promise(setImmediate);
    expect(told).toEqual(['rules 0', 'rules 0', 'rules 2']);
    vi.useFakeTimers();
    try {
      learn(undefined);
      screen.rulesChanged();
      await vi.advanceTimersByTimeAsync(1);
      learn(policy);
      await vi.advanceTimersByTimeAsync(1000);
      expect(told.slice(3)).toEqual(['rules 0', 'rules 3']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('begins with the rules that hold once what covers it is there', async () => {
    const { screen, picks, held, used } = scene();
    const share = awaited<void>();
    held.share = share.promise;
    const stricter = { ...policy } as MaskingPolicy;
    held.rules.push(Promise.resolve(policy), Promise.resolve(stricter));
    picks('tab');
    const given = screen.give('tab');
    await new Promise(setImmediate);
    screen.rulesChanged();
    share.done();
    await given;
    expect(used()).toHaveLength(2);
    expect(used()?.[1]).toBe(stricter);
  });
});
