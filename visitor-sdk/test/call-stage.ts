/** A visitor's call without a browser: its session, devices and room are as a test wants them. */

import type { MediaWay } from '@alongside/engagement';
import type { CallAvailability, CallKeyStep, EngagementView, RefusalCode } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, vi } from 'vitest';
import type { CallDeps } from '../src/call/call-deps.js';
import type { CallRoom } from '../src/call/call-part.js';
import type { PanelParts } from '../src/embedding/panel-parts.js';
import { CallController } from '../src/panel/calling/call-controller.js';
import type { CallFacts, EngagementSession } from '../src/panel/session/engagement-session.js';
import { TabMemory } from '../src/panel/session/tab-memory.js';

class Track extends EventTarget {
  readyState = 'live';
  enabled = true;
  stop(): void {
    this.readyState = 'ended';
  }
  getSettings() {
    return { deviceId: 'one' };
  }
}

/** Of `navigator`: the next device, or why there is none; what was asked for; and that something was plugged in. */
export const devices = {
  next: undefined as Error | undefined,
  opened: [] as Track[],
  asked: [] as unknown[],
  changes: new EventTarget(),
};
export const named = (name: string) => Object.assign(new Error('no'), { name });
export const getUserMedia = async (wish: unknown) => {
  devices.asked.push(wish);
  if (devices.next !== undefined) throw devices.next;
  const track = new Track();
  devices.opened.push(track);
  return { getTracks: () => [track] };
};

export const off = { state: 'off' } as const;
export const on = (callId: string, video = false) =>
  ({ state: 'on', callId, since: 1, visitorVoice: true, visitorVideo: video }) as const;
const engagement = (call: EngagementView['call']): EngagementView =>
  ({ phase: 'active', call }) as unknown as EngagementView;

const fresh = () => ({
  joins: [] as CallDeps[],
  ahead: [] as unknown[],
  taken: [] as (boolean | undefined)[],
  left: 0,
  mended: [] as boolean[],
  given: [] as string[],
  shows: [] as string[],
  muted: [] as string[],
  commands: [] as string[],
  refusal: undefined as RefusalCode | undefined,
  way: 'through' as MediaWay,
  /** What the service's answer to what is given waits for. */
  answered: undefined as Promise<void> | undefined,
});

/** What a test has seen of its calls, and how their ways and answers are: anew for each. */
export const stage = fresh();

/** `memory`: as it is in a tab that was in the call with another page. */
export function begin(
  memory = new TabMemory(undefined, 'site_0123456789'),
  call: EngagementView['call'] = off,
) {
  const session = {
    engagement: signal<EngagementView | undefined>(engagement(call)),
    connection: signal('online'),
    calls: signal<CallAvailability>({ state: 'ready' }),
    callFacts: undefined as CallFacts | undefined,
    desertedCall: signal<string | undefined>(undefined),
    command: async (name: string) => {
      stage.commands.push(name);
      return { ok: true, value: name === 'call:join' ? { callId: 'one' } : {} };
    },
  };
  const room = {
    way: () => stage.way,
    send: async (source: string, track: Track) => {
      stage.given.push(track.enabled ? source : `silent ${source}`);
      await stage.answered;
      // As the media client does with a stream that is silent.
      if (stage.muted.at(-1) === `${source} true`) track.enabled = false;
    },
    mute: (source: string, is: boolean) => void stage.muted.push(`${source} ${is}`),
    stop: (source: string) => void stage.given.push(`no ${source}`),
    receive: () => undefined,
    mend: (onlyBroken: boolean) => void stage.mended.push(onlyBroken),
    show: (shown: string) => void stage.shows.push(shown),
    waysMade: () => 0,
    rationSent: () => undefined,
    rationShown: () => undefined,
    voices: () => [],
    stats: async () => [],
    leave: () => {
      stage.left += 1;
    },
  } as unknown as CallRoom;
  const joinCall = async (deps: CallDeps, told?: Promise<unknown>, take?: boolean) => {
    stage.joins.push(deps);
    stage.taken.push(take);
    stage.ahead.push(await told);
    return stage.refusal === undefined ? { ok: true, room } : { ok: false, code: stage.refusal };
  };
  const kept: string[][] = [];
  const sealing = async () => ({
    startSealing: async ({ send }: { send: (step: CallKeyStep) => void }) => ({
      agree: () => send({ from: 'page', step: 'here' }),
      keepAgents: (present: ReadonlySet<string>) => void kept.push([...present]),
      close: () => undefined,
    }),
  });
  const ended = signal<unknown>(undefined);
  const controller = new CallController({
    session: signal(session as unknown as EngagementSession),
    ended,
    parts: {
      call: async () => ({ joinCall, deviceFor: async () => undefined }),
      sealing,
    } as unknown as PanelParts,
    memory,
    language: 'en',
    screens: { rules: async () => undefined, root: {} as ShadowRoot, hiddenWords: '' },
  });
  const become = (state: EngagementView['call']) => {
    session.engagement.value = engagement(state);
    return vi.advanceTimersByTimeAsync(5);
  };
  return { call: controller, session, ended, become, kept, memory };
}

export function setUpStage(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    devices.next = undefined;
    devices.opened.length = 0;
    devices.asked.length = 0;
    devices.changes = new EventTarget();
    vi.stubGlobal('document', {});
    vi.stubGlobal('navigator', {
      mediaDevices: {
        getUserMedia,
        enumerateDevices: async () => [{ kind: 'audioinput', deviceId: 'one', label: 'One' }],
        addEventListener: (name: string, ...more: [() => void]) =>
          devices.changes.addEventListener(name, ...more),
      },
    });
    Object.assign(stage, fresh());
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}
