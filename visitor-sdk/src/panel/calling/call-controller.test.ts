/** The visitor's part in a call: in the tab that asked or answered, back when it was lost, gone when it is over. */

import type { CallAvailability, EngagementView, RefusalCode } from '@alongside/protocol';
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
}

const off = { state: 'off' } as const;
const on = (callId: string, video = false) =>
  ({ state: 'on', callId, since: 1, visitorVoice: true, visitorVideo: video }) as const;
const engagement = (call: EngagementView['call']): EngagementView =>
  ({ phase: 'active', call }) as unknown as EngagementView;

let joins: CallDeps[];
let left: number;
let mended: number;
let given: string[];
let commands: string[];
let refusal: RefusalCode | undefined;

function begin() {
  const session = {
    engagement: signal<EngagementView | undefined>(engagement(off)),
    connection: signal('online'),
    calls: signal<CallAvailability>({ state: 'ready' }),
    callFacts: undefined as CallFacts | undefined,
    command: async (name: string) => {
      commands.push(name);
      return { ok: true, value: {} };
    },
  };
  const room = {
    send: async (source: string) => void given.push(source),
    mute: () => undefined,
    stop: () => undefined,
    receive: () => undefined,
    mend: () => {
      mended += 1;
    },
    leave: () => {
      left += 1;
    },
  } as unknown as CallRoom;
  const joinCall = async (deps: CallDeps) => {
    joins.push(deps);
    return refusal === undefined ? { ok: true, room } : { ok: false, code: refusal };
  };
  const ended = signal<unknown>(undefined);
  const call = new CallController({
    session: signal(session as unknown as EngagementSession),
    ended,
    parts: { call: async () => ({ joinCall }) } as unknown as PanelParts,
    memory: new TabMemory(undefined, 'site_0123456789'),
  });
  const become = (state: EngagementView['call']) => {
    session.engagement.value = engagement(state);
    return vi.advanceTimersByTimeAsync(5);
  };
  return { call, session, ended, become };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia: async () => ({ getTracks: () => [new Track()] }) },
  });
  joins = [];
  left = 0;
  mended = 0;
  given = [];
  commands = [];
  refusal = undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a call', () => {
  it.each([
    ['voice', ['microphone']],
    ['video', ['microphone', 'camera']],
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
    expect([call.phase.value, given]).toEqual(['on', ['microphone', 'camera']]);
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

  it('goes on while the connection to the service is away, and is mended after it', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    await vi.advanceTimersByTimeAsync(10_000);
    session.connection.value = 'online';
    expect([call.phase.value, joins.length, mended]).toEqual(['on', 1, 1]);
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
    const denied = () => Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: denied } });
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    expect([call.phase.value, call.own.microphone.value, given]).toEqual(['on', 'refused', []]);
  });

  it('takes the camera back at once, and gives it after the service has heard', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await call.showCamera(true);
    expect([call.own.camera.value, given]).toEqual(['on', ['microphone', 'camera']]);
    await call.showCamera(false);
    expect([call.own.camera.value, call.own.picture.value]).toEqual(['off', undefined]);
    expect(commands).toEqual(['call:start', 'call:consent', 'call:consent']);
  });
});
