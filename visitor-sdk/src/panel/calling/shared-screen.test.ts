/** What the visitor shows in a call: never this page uncovered, never before the consent is committed, and off at once. */

import type { MaskingPolicy } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
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

function scene({ knowsRules = true, consented = true } = {}) {
  const told: string[] = [];
  const raw = new Track();
  const covered = new Track();
  let tab: TabShareDeps | undefined;
  let known = knowsRules ? policy : undefined;
  let next: Picked = { ok: false, fault: 'refused' };
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
    room: () => room as never,
    parts: {
      call: async () => ({ pickScreen: async () => next }),
      share: async () => ({ shareTab }),
    } as unknown as PanelParts,
    consent: async ({ granted, surface }) => {
      told.push(granted ? `yes ${surface}` : 'taken back');
      return consented ? { ok: true, value: {} } : undefined;
    },
    rules: async () => known,
    root: {} as ShadowRoot,
    hiddenWords: '',
  });
  return {
    ...{ screen, told, raw, covered },
    shown: (is: boolean) => tab?.onShown(is),
    learn: (now: MaskingPolicy | undefined) => {
      known = now;
    },
    picks: (surface: 'tab' | 'window' | 'screen') => {
      next = { ok: true, picked: { track: raw as unknown as MediaStreamTrack, surface } };
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
    expect(screen.state.value).toBe('other');
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
});
