/** The visitor's part in a call: in the tab that asked or answered, back when it was lost, gone when it is over. */

import type { MediaWay } from '@alongside/engagement';
import type { AskId, CallAvailability, CallKeyStep, EngagementView, RefusalCode } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallDeps, CallRoom } from '../../call/call-part.js';
import type { PanelParts } from '../../embedding/panel-parts.js';
import type { CallFacts, EngagementSession } from '../session/engagement-session.js';
import { TabMemory } from '../session/tab-memory.js';
import { CallController } from './call-controller.js';

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
const devices = {
  next: undefined as Error | undefined,
  opened: [] as Track[],
  asked: [] as unknown[],
  changes: new EventTarget(),
};
const named = (name: string) => Object.assign(new Error('no'), { name });
const getUserMedia = async (wish: unknown) => {
  devices.asked.push(wish);
  if (devices.next !== undefined) throw devices.next;
  const track = new Track();
  devices.opened.push(track);
  return { getTracks: () => [track] };
};

const off = { state: 'off' } as const;
const on = (callId: string, video = false) =>
  ({ state: 'on', callId, since: 1, visitorVoice: true, visitorVideo: video }) as const;
const engagement = (call: EngagementView['call']): EngagementView =>
  ({ phase: 'active', call }) as unknown as EngagementView;

let joins: CallDeps[];
let ahead: unknown[];
let left: number;
let mended: boolean[];
let given: string[];
let shows: string[];
let muted: string[];
let commands: string[];
let refusal: RefusalCode | undefined;
let way: MediaWay;
/** What the service's answer to what is given waits for. */
let answered: Promise<void> | undefined;

function begin() {
  const session = {
    engagement: signal<EngagementView | undefined>(engagement(off)),
    connection: signal('online'),
    calls: signal<CallAvailability>({ state: 'ready' }),
    callFacts: undefined as CallFacts | undefined,
    command: async (name: string) => {
      commands.push(name);
      return { ok: true, value: name === 'call:join' ? { callId: 'one' } : {} };
    },
  };
  const room = {
    way: () => way,
    send: async (source: string, track: Track) => {
      given.push(source);
      await answered;
      // As the media client does with a stream that is silent.
      if (muted.at(-1) === `${source} true`) track.enabled = false;
    },
    mute: (source: string, is: boolean) => void muted.push(`${source} ${is}`),
    stop: (source: string) => void given.push(`no ${source}`),
    receive: () => undefined,
    mend: (onlyBroken: boolean) => void mended.push(onlyBroken),
    show: (shown: string) => void shows.push(shown),
    voices: () => [],
    stats: async () => [],
    leave: () => {
      left += 1;
    },
  } as unknown as CallRoom;
  const joinCall = async (deps: CallDeps, told?: Promise<unknown>) => {
    joins.push(deps);
    ahead.push(await told);
    return refusal === undefined ? { ok: true, room } : { ok: false, code: refusal };
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
  const call = new CallController({
    session: signal(session as unknown as EngagementSession),
    ended,
    parts: {
      call: async () => ({ joinCall, deviceFor: async () => undefined }),
      sealing,
    } as unknown as PanelParts,
    memory: new TabMemory(undefined, 'site_0123456789'),
    language: 'en',
    screens: { rules: async () => undefined, root: {} as ShadowRoot, hiddenWords: '' },
  });
  const become = (state: EngagementView['call']) => {
    session.engagement.value = engagement(state);
    return vi.advanceTimersByTimeAsync(5);
  };
  return { call, session, ended, become, kept };
}

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
  joins = [];
  ahead = [];
  left = 0;
  mended = [];
  given = [];
  shows = [];
  muted = [];
  commands = [];
  refusal = undefined;
  way = 'through';
  answered = undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a call', () => {
  it.each([
    ['asked for', (call: CallController) => call.start('voice')],
    ['said yes to', (call: CallController) => call.answer('one' as AskId, true, 'voice')],
  ])(
    'that this tab %s is joined right behind, and brings what that was told to this call alone',
    async (_, say) => {
      const { call, become } = begin();
      await say(call);
      expect([commands.length, commands[1]]).toEqual([2, 'call:join']);
      await become(on('one'));
      await become(off);
      await say(call);
      await become(on('two'));
      expect(ahead).toEqual([{ callId: 'one' }, undefined]);
    },
  );

  it('that is refused is not joined', async () => {
    const { call } = begin();
    await call.answer('one' as AskId, false, 'voice');
    expect(commands).toEqual(['call:answer']);
  });

  it.each([
    ['voice', ['microphone']],
    ['video', ['camera', 'microphone']],
  ] as const)('that this tab asked for with %s is joined here', async (media, sources) => {
    const { call, become } = begin();
    expect(await call.start(media)).toBeUndefined();
    await become(on('one'));
    expect([call.phase.value, given]).toEqual(['on', sources]);
  });

  it('that another tab has is offered, and comes here when that is wished', async () => {
    const { call, become } = begin();
    await become(on('one', true));
    expect([call.phase.value, joins.length]).toEqual(['elsewhere', 0]);
    call.joinHere();
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, given]).toEqual(['on', ['camera', 'microphone']]);
  });

  it('that is answered with no is not joined', async () => {
    const { call, become } = begin();
    await call.answer('ask' as never, false, 'video');
    await become(off);
    expect([call.phase.value, joins.length, commands]).toEqual(['off', 0, ['call:answer']]);
  });

  it.each(['its facts', 'its media'])('that is lost, by %s, is joined again', async (how) => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    if (how === 'its facts') session.callFacts?.lost();
    else joins[0]?.onBroken();
    expect([call.phase.value, left]).toEqual(['lost', 1]);
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, joins.length]).toEqual(['on', 2]);
  });

  it('that cannot be joined is given up after some tries, with its reason', async () => {
    refusal = 'callsUnavailable';
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, call.failure.value, joins.length]).toEqual(['failed', 'callsUnavailable', 6]);
  });

  it('connects until media get through, and says when they do not any more', async () => {
    way = 'unused';
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    for (const [now, phase] of [
      ['connecting', 'joining'],
      ['through', 'on'],
      ['interrupted', 'lost'],
      ['through', 'on'],
    ] as const) {
      way = now;
      joins[0]?.onWay();
      expect(call.phase.value).toBe(phase);
    }
    expect([joins.length, given]).toEqual([1, ['microphone']]);
  });

  it('is on where there is nothing to send or to receive', async () => {
    way = 'unused';
    devices.next = named('NotAllowedError');
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    expect(call.phase.value).toBe('on');
  });

  it.each(['fails', 'does not end'])(
    'whose way to media %s each time is given up, and tried again when that is wished',
    async (how) => {
      way = 'connecting';
      const { call, become } = begin();
      await call.start('voice');
      await become(on('one'));
      for (let tries = 1; tries <= 3; tries += 1) {
        expect([call.phase.value, joins.length]).toEqual(['joining', tries]);
        call.given.mute(true);
        if (how === 'fails') joins.at(-1)?.onBroken();
        await vi.advanceTimersByTimeAsync(how === 'fails' ? 5000 : 16_500);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      expect([call.phase.value, call.failure.value, joins.length]).toEqual(['failed', 'mediaUnreachable', 3]);
      expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['ended']);
      way = 'through';
      call.retry();
      await vi.advanceTimersByTimeAsync(5);
      expect([call.phase.value, joins.length, call.own.microphone.value]).toEqual(['on', 4, 'muted']);
      expect(devices.opened.at(-1)).toMatchObject({ readyState: 'live', enabled: false });
    },
  );

  it('opens no device that is allowed once it was given up', async () => {
    const { call, become } = begin();
    let allow = (): void => undefined;
    const allowed = new Promise<void>((resolve) => {
      allow = resolve;
    });
    navigator.mediaDevices.getUserMedia = async (wish) => {
      await allowed;
      return (await getUserMedia(wish)) as unknown as MediaStream;
    };
    way = 'connecting';
    await call.start('voice');
    await become(on('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, devices.opened]).toEqual(['failed', []]);
    allow();
    await vi.advanceTimersByTimeAsync(5);
    expect(new Set(devices.opened.map(({ readyState }) => readyState))).toEqual(new Set(['ended']));
  });

  it('is tried once where the browser cannot hold one', async () => {
    refusal = 'callNotSupported';
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, call.failure.value, joins.length]).toEqual(['failed', 'callNotSupported', 1]);
  });

  it('that is lost while calls are paused waits for the word that they are not', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    refusal = 'callsUnavailable';
    session.callFacts?.lost();
    session.calls.value = { state: 'paused', until: 1 };
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, joins.length]).toEqual(['failed', 2]);
    refusal = undefined;
    session.calls.value = { state: 'ready' };
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, joins.length]).toEqual(['on', 3]);
  });

  it('looks after its way at each word of calls, and does not wait for its next try', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.calls.value = { state: 'ready' };
    expect(mended).toEqual([true]);
    refusal = 'callsUnavailable';
    session.callFacts?.lost();
    await vi.advanceTimersByTimeAsync(3000);
    const tried = joins.length;
    expect(call.phase.value).toBe('lost');
    await become(on('one'));
    expect(joins).toHaveLength(tried);
    refusal = undefined;
    session.calls.value = { state: 'ready' };
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, joins.length]).toEqual(['on', tried + 1]);
  });

  it('goes on while the connection to the service is away, and is mended after it', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    await vi.advanceTimersByTimeAsync(10_000);
    session.connection.value = 'online';
    expect([call.phase.value, joins.length, mended]).toEqual(['on', 1, [false]]);
  });

  it('that breaks while the connection is away is joined when it is back, however late', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    joins[0]?.onBroken();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([call.phase.value, joins.length]).toEqual(['lost', 1]);
    session.connection.value = 'online';
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, joins.length]).toEqual(['on', 2]);
  });

  it('is left at once when the visitor hangs up, also while the connection is away', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    call.hangUp();
    expect([call.phase.value, call.own.microphone.value, left]).toEqual(['off', 'off', 1]);
    session.connection.value = 'online';
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, commands.filter((each) => each === 'call:end').length]).toEqual(['off', 2]);
  });

  it.each(['the call', 'the engagement'])('is left with the end of %s', async (what) => {
    const { call, ended, become } = begin();
    await call.start('video');
    await become(on('one'));
    if (what === 'the call') await become(off);
    else ended.value = {};
    expect([call.phase.value, call.own.picture.value, left]).toEqual(['off', undefined, 1]);
  });

  it('goes on when the browser gives no microphone, and says why', async () => {
    devices.next = named('NotAllowedError');
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    expect([call.phase.value, call.own.microphone.value, given]).toEqual(['on', 'refused', []]);
  });

  it('takes the camera back at once, and gives it after the service has heard', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await call.given.showCamera(true);
    expect([call.own.camera.value, given]).toEqual(['on', ['microphone', 'camera']]);
    await call.given.showCamera(false);
    expect([call.own.camera.value, call.own.picture.value]).toEqual(['off', undefined]);
    expect(commands).toEqual(['call:start', 'call:join', 'call:consent', 'call:consent']);
  });
});

describe('devices', () => {
  it('that are tried before a call are the ones that it begins with', async () => {
    const { call, become } = begin();
    await call.given.tryOut('video');
    expect([call.own.microphone.value, call.own.camera.value, given, commands]).toEqual(['on', 'on', [], []]);
    await call.start('voice');
    await become(on('one'));
    expect([given, call.own.camera.value, devices.opened.length]).toEqual([['microphone'], 'off', 2]);
    expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['live', 'ended']);
  });

  it.each(['visitor', 'agent'] as const)(
    'are kept where the news of the %s is here before the reply',
    async (by) => {
      const { call, become } = begin();
      await call.given.tryOut('voice');
      await become({ state: 'asked', askId: 'ask', by, media: 'voice', expiresAt: 1 } as never);
      call.given.endTry();
      expect(devices.opened[0]?.readyState).toBe('live');
      await become(off);
      expect([call.own.microphone.value, devices.opened[0]?.readyState]).toEqual(['off', 'ended']);
    },
  );

  it('that were tried for nothing are let go', async () => {
    const { call } = begin();
    await call.given.tryOut('voice');
    call.given.endTry();
    expect([call.own.microphone.value, devices.opened[0]?.readyState]).toEqual(['off', 'ended']);
  });

  it('that were tried for a question are let go when it is no longer open', async () => {
    const { call, become } = begin();
    await become({ state: 'asked', askId: 'ask', by: 'agent', media: 'voice', expiresAt: 1 } as never);
    await call.given.tryOut('voice');
    await call.answer('ask' as never, false, 'voice');
    await become(off);
    expect([call.given.trying.value, devices.opened[0]?.readyState]).toEqual([false, 'ended']);
  });

  it('are changed in the same stream, and stay muted', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    call.given.mute(true);
    await call.given.pick('microphone', 'two');
    expect(devices.asked.at(-1)).toMatchObject({ audio: { deviceId: { exact: 'two' } } });
    expect([given, call.own.microphone.value]).toEqual([['microphone', 'microphone'], 'muted']);
    expect(devices.opened.map((track) => [track.readyState, track.enabled])).toEqual([
      ['ended', false],
      ['live', false],
    ]);
  });

  it('that are unplugged are silent, and the next one takes their place in the same stream', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    devices.next = named('NotFoundError');
    devices.opened[0]?.stop();
    devices.opened[0]?.dispatchEvent(new Event('ended'));
    await vi.advanceTimersByTimeAsync(5);
    expect([call.own.microphone.value, muted, call.phase.value]).toEqual([
      'unplugged',
      ['microphone true'],
      'on',
    ]);
    devices.next = undefined;
    devices.changes.dispatchEvent(new Event('devicechange'));
    await vi.advanceTimersByTimeAsync(5);
    expect([call.own.microphone.value, given]).toEqual(['on', ['microphone', 'microphone']]);
    expect(muted).toEqual(['microphone true', 'microphone false']);
  });

  it.each([true, false])(
    'that are unplugged while they are being given leave one stream (another: %s)',
    async (hasOther) => {
      const { call, become } = begin();
      let answer = (): void => undefined;
      answered = new Promise((resolve) => {
        answer = resolve;
      });
      await call.start('voice');
      await become(on('one'));
      if (!hasOther) devices.next = named('NotFoundError');
      devices.opened[0]?.stop();
      devices.opened[0]?.dispatchEvent(new Event('ended'));
      await vi.advanceTimersByTimeAsync(5);
      expect([given, muted]).toEqual([['microphone'], ['microphone true']]);
      answer();
      await vi.advanceTimersByTimeAsync(5);
      const silenced = ['microphone true', 'microphone true'];
      expect([call.own.microphone.value, given, muted]).toEqual(
        hasOther
          ? ['on', ['microphone', 'microphone'], [...silenced, 'microphone false']]
          : ['unplugged', ['microphone'], silenced],
      );
    },
  );

  it.each([true, false])('are muted as they are by the time they are given (muted: %s)', async (is) => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    call.given.mute(!is);
    joins[0]?.onBroken();
    let answer = (): void => undefined;
    answered = new Promise((resolve) => {
      answer = resolve;
    });
    await vi.advanceTimersByTimeAsync(5);
    muted.length = 0;
    call.given.mute(is);
    answer();
    await vi.advanceTimersByTimeAsync(5);
    // Once into the room that has no stream yet, and once when there is one.
    const told = `microphone ${is}`;
    expect([call.own.microphone.value, muted]).toEqual([is ? 'muted' : 'on', [told, told]]);
  });

  it('that are taken back while they are being given are not given', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    let answer = (): void => undefined;
    answered = new Promise((resolve) => {
      answer = resolve;
    });
    const shown = call.given.showCamera(true);
    await vi.advanceTimersByTimeAsync(5);
    await call.given.showCamera(false);
    answer();
    await shown;
    expect([call.own.camera.value, given.at(-1)]).toEqual(['off', 'no camera']);
    expect(given.filter((each) => each === 'no camera')).toHaveLength(2);
  });

  it('that went while nobody calls are not opened again', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await become(off);
    devices.changes.dispatchEvent(new Event('devicechange'));
    await vi.advanceTimersByTimeAsync(5);
    expect(devices.asked).toHaveLength(1);
  });

  it('say what the picture of the agent is shown at, also after it was lost', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    call.showsAgent('small');
    joins[0]?.onBroken();
    await vi.advanceTimersByTimeAsync(5);
    expect(shows).toEqual(['hidden', 'small', 'small']);
  });
});

describe('a sealed call', () => {
  it('keeps keys for who is in it alone, and is not joined again in the clear', async () => {
    const { call, session, become, kept } = begin();
    await call.start('voice');
    await become(on('one'));
    expect(joins[0]?.allowsOpen?.('one')).toBe(true);
    await joins[0]?.seal?.('one');
    expect(call.codes.value).toEqual([]);
    const present = [{ agentId: 'colleague', mode: 'speak', noticed: true }];
    const led = (call: object) =>
      ({ phase: 'active', agent: { agentId: 'lead' }, call }) as unknown as EngagementView;
    session.engagement.value = led({ ...on('one'), present });
    session.engagement.value = led(on('one'));
    expect(kept).toEqual([['lead', 'colleague'], ['lead']]);
    joins[0]?.onBroken();
    await vi.advanceTimersByTimeAsync(5);
    expect(joins[0]?.allowsOpen?.('one')).toBe(false);
    expect(joins[1]?.allowsOpen?.('one')).toBe(false);
    // Another call is not held to it.
    expect(joins[1]?.allowsOpen?.('two')).toBe(true);
    expect(call.codes.value).toBeUndefined();
  });

  it('sends a step once more that was refused for a moment', async () => {
    const { call, session, become } = begin();
    const passed = () => commands.filter((name) => name === 'call:passKeys').length;
    await call.start('voice');
    await become(on('one'));
    const { command } = session;
    session.command = async (name: string) => {
      const reply = await command(name);
      if (name !== 'call:passKeys' || passed() > 1) return reply;
      return { ok: false, refusal: { code: 'tooFast' } } as unknown as typeof reply;
    };
    await joins[0]?.seal?.('one');
    expect(passed()).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(passed()).toBe(2);
  });
});
