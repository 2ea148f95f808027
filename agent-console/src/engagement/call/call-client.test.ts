/** The agent's side of a call: joined when it is on, joined again when it is lost, and given up where that is final. */

import type { MediaWay } from '@alongside/engagement';
import type { AskId, CallState, MediaSource } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../app/failure.js';
import { fail, succeed } from '../../app/failure.js';
import { CallClient } from './call-client.js';
import type { CallClientDeps, OwnSource } from './call-client-state.js';

interface Track {
  readyState: 'live' | 'ended';
}

interface Hooks {
  readonly onOwn: (source: MediaSource, own: OwnSource, track?: unknown) => void;
  readonly onGone: (source: MediaSource) => void;
  readonly onWay: () => void;
  readonly onLost: () => void;
}

const media = vi.hoisted(() => ({
  made: [] as {
    hooks: unknown;
    closed: boolean;
    mended: (boolean | undefined)[];
    given: string[];
    shown: string[];
    ahead: unknown;
    takes?: boolean;
  }[],
  readied: [] as unknown[],
  session: {} as { callId?: string },
  joined: undefined as unknown,
  way: 'through' as MediaWay,
  trouble: undefined as Error | undefined,
  /** What the service's answer to each that is given waits for. */
  answer: undefined as Promise<void> | undefined,
}));

// There is no WebRTC in Node: how the client uses its media is looked at, not the media.
vi.mock('./call-media.js', () => ({
  callDevices: { for: async (session: unknown) => void media.readied.push(session) },
  CallMediaSession: class {
    readonly made: (typeof media.made)[number];
    constructor(_: unknown, hooks: unknown) {
      this.made = { hooks, closed: false, mended: [], given: [], shown: [], ahead: undefined };
      media.made.push(this.made);
    }
    join = async (ahead: Promise<unknown>, takes: boolean) => {
      this.made.takes = takes;
      this.made.ahead = await ahead;
      return media.joined;
    };
    readonly own = new Map<string, Track | undefined>();
    gives = (source: string) => this.own.get(source)?.readyState === 'live';
    produce = async (source: string, track: Track) => {
      this.made.given.push(source);
      // Two at once of what was not given before are refused by the service.
      if (this.own.has(source) && !this.own.get(source)) throw new Error('conflict');
      if (!this.own.has(source)) this.own.set(source, undefined);
      await media.answer;
      this.own.set(source, track);
      (this.made.hooks as Hooks).onOwn(source as MediaSource, { state: 'on' }, track);
    };
    way = () => media.way;
    readonly remote = { show: (shown: string) => void this.made.shown.push(shown) };
    voices = () => [];
    stats = async () => [];
    waysMade = () => 0;
    closeSource = async (source: string) =>
      (this.made.hooks as Hooks).onOwn(source as MediaSource, { state: 'off' });
    mute = async (source: string, muted: boolean) =>
      (this.made.hooks as Hooks).onOwn(source as MediaSource, { state: muted ? 'muted' : 'on' });
    mend = (onlyBroken?: boolean) => void this.made.mended.push(onlyBroken);
    close = () => {
      this.made.closed = true;
    };
  },
}));

const on = (callId: string): CallState =>
  ({ state: 'on', callId, since: 1, visitorVoice: true, visitorVideo: false }) as const;
const asking = { state: 'asked', askId: 'one', by: 'agent', media: 'video', expiresAt: 1 } as CallState;
const sent: string[] = [];

function client(): CallClient {
  const live = {
    send: async (name: string): Promise<Result<unknown>> => {
      sent.push(name);
      return succeed(name === 'call:join' ? media.session : {});
    },
  };
  return new CallClient({ live, engagementId: 'e' } as unknown as CallClientDeps);
}
/** Loading the media, joining and giving each take a turn of their own. */
const settle = async () => {
  await vi.advanceTimersByTimeAsync(5);
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(5);
};

/** As much of `navigator` as devices take: the next one, or why there is none, and that something was plugged in. */
const asked: unknown[] = [];
const tracks: { readyState: string; stop(): void }[] = [];
const live = () => tracks.filter(({ readyState }) => readyState === 'live').length;
let changes: EventTarget;
const mediaDevices = () => ({
  getUserMedia: async (wish: unknown) => {
    asked.push(wish);
    if (media.trouble !== undefined) throw media.trouble;
    const track = { readyState: 'live', getSettings: () => ({}), stop: () => undefined };
    track.stop = () => {
      track.readyState = 'ended';
    };
    tracks.push(track);
    return { getTracks: () => [track] };
  },
  enumerateDevices: async () => [{ kind: 'videoinput', deviceId: 'two', label: 'Two' }],
  addEventListener: (name: string, ...more: [() => void]) => changes.addEventListener(name, ...more),
});

beforeEach(() => {
  vi.useFakeTimers();
  changes = new EventTarget();
  asked.length = 0;
  tracks.length = 0;
  vi.stubGlobal('navigator', { mediaDevices: mediaDevices() });
  media.made.length = 0;
  media.readied.length = 0;
  media.session = {};
  media.joined = succeed({});
  media.way = 'through';
  media.trouble = undefined;
  media.answer = undefined;
  sent.length = 0;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a call', () => {
  it('is joined with a microphone when it is on, and left when it is off', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    expect(call.state.value).toMatchObject({ link: 'joined', microphone: { state: 'on' } });
    call.follow(on('one'));
    expect(media.made).toHaveLength(1);
    call.follow({ state: 'off' });
    expect([call.state.value.link, media.made[0]?.closed]).toEqual(['idle', true]);
  });

  it.each([
    ['starts', (call: CallClient) => call.start('voice')],
    ['answers', (call: CallClient) => call.answer('one' as AskId, { accept: true, media: 'voice' })],
  ])(
    'that it %s is joined right behind, and brings what that was told to this call alone',
    async (_, say) => {
      const call = client();
      media.session = { callId: 'one' };
      await say(call);
      expect([sent.length, sent[1]]).toEqual([2, 'call:join']);
      call.follow(on('one'));
      await settle();
      expect([media.made[0]?.ahead, media.readied]).toEqual([media.session, [media.session]]);
      await say(call);
      call.follow(on('two'));
      await settle();
      expect([call.state.value.link, media.made[1]?.ahead]).toEqual(['joined', undefined]);
    },
  );

  it('that it refuses is not joined', async () => {
    await client().answer('one' as AskId, { accept: false, media: 'voice' });
    expect(sent).toEqual(['call:answer']);
  });

  it('gives of a colleague what their part allows, and takes it back with it', async () => {
    const call = client();
    call.follow(on('one'), 'absent');
    expect(call.state.value.link).toBe('idle');
    await call.attend('listen');
    call.follow(on('one'), 'announced');
    call.follow(on('one'), 'listen');
    await settle();
    expect([call.state.value.link, media.made[0]?.given]).toEqual(['joined', []]);
    await call.attend('whisper');
    call.follow(on('one'), 'announced');
    expect(media.made[0]?.given).toEqual([]);
    call.follow(on('one'), 'whisper');
    await settle();
    expect([media.made[0]?.given, call.state.value.microphone.state]).toEqual([['microphone'], 'on']);
    await call.attend('listen');
    call.follow(on('one'), 'announced');
    expect(call.state.value.microphone.state).toBe('off');
    call.follow(on('one'), 'listen');
    // Whoever comes to lead without having spoken is heard by a press of their own.
    call.follow(on('one'), 'lead');
    await settle();
    expect([media.made.length, call.state.value.microphone.state]).toEqual([1, 'off']);
    await call.given.toggle('microphone');
    expect(call.state.value.microphone.state).toBe('on');
    call.follow(on('one'), 'whisper');
    call.follow(on('one'), 'lead');
    await settle();
    expect([media.made[0]?.given.length, call.state.value.microphone.state]).toEqual([2, 'off']);
    call.follow(on('one'), 'absent');
    expect([call.state.value.link, media.made[0]?.closed]).toEqual(['idle', true]);
  });

  it('[CA14] that another window of the agent is in stays there until it is taken', async () => {
    media.joined = fail({ code: 'conflict' });
    const call = client();
    call.follow(on('one'));
    await vi.advanceTimersByTimeAsync(2000);
    await settle();
    expect([call.state.value.link, media.made.length]).toEqual(['elsewhere', 3]);
    // The worker died, or the service was away: the other window sees to it.
    call.lost();
    call.reconnected();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([media.made.length, live()]).toEqual([3, 0]);
    // One that is back keeps it, until a press brings it here with what was given before.
    call.deserted();
    await vi.advanceTimersByTimeAsync(60_000);
    media.joined = succeed({});
    call.takeHere();
    await vi.advanceTimersByTimeAsync(250);
    await settle();
    expect([call.state.value.link, call.state.value.microphone.state]).toEqual(['joined', 'on']);
    media.joined = fail({ code: 'conflict' });
    call.lost();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call.state.value.link).toBe('elsewhere');
    expect(media.made.filter(({ takes }) => takes)).toHaveLength(1);
    // Where it is gone this one goes on, and opens nothing.
    media.joined = succeed({});
    call.deserted();
    await vi.advanceTimersByTimeAsync(250);
    await settle();
    expect([call.state.value.link, call.state.value.microphone.state]).toEqual(['joined', 'off']);
  });

  it('gives what was asked for', async () => {
    const call = client();
    await call.start('video');
    call.follow(on('one'));
    await settle();
    expect([sent, media.made[0]?.given]).toEqual([
      ['call:start', 'call:join'],
      ['camera', 'microphone'],
    ]);
  });

  it('opens what the agent asked with while the visitor thinks it over, and lets it go with a no', async () => {
    const call = client();
    const start = async () => {
      const started = call.start('video');
      call.follow(asking);
      await started;
      await settle();
    };
    await start();
    expect([live(), media.made.length]).toEqual([2, 0]);
    call.follow({ state: 'off' });
    await settle();
    expect(live()).toBe(0);
    await start();
    call.follow(on('one'));
    await settle();
    expect([asked.length, live(), media.made[0]?.given]).toEqual([4, 2, ['camera', 'microphone']]);
  });

  it.each(['lost', 'media lost'])('is joined again after %s', async (how) => {
    const call = client();
    call.follow(on('one'));
    await settle();
    if (how === 'lost') call.lost();
    else (media.made[0]?.hooks as Hooks | undefined)?.onLost();
    expect(call.state.value.link).toBe('rejoining');
    await vi.advanceTimersByTimeAsync(250);
    expect([call.state.value.link, media.made.length, media.made[0]?.closed]).toEqual(['joined', 2, true]);
  });

  it('goes on while the connection to the service is new, and is mended', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    call.reconnected();
    await vi.advanceTimersByTimeAsync(250);
    expect([call.state.value.link, media.made.length, media.made[0]?.mended]).toEqual([
      'joined',
      1,
      [undefined],
    ]);
  });

  it('that is hung up while the service is away is over here at once, and there when it is back', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    call.hangUp();
    expect([call.state.value.link, media.made[0]?.closed]).toEqual(['hungUp', true]);
    call.follow(on('one'));
    call.lost();
    call.callsReady();
    await vi.advanceTimersByTimeAsync(30_000);
    call.reconnected();
    expect([media.made.length, sent.filter((name) => name === 'call:end').length]).toEqual([1, 2]);
    call.follow({ state: 'off' });
    expect(call.state.value.link).toBe('idle');
    call.follow(on('two'));
    await settle();
    call.reconnected();
    expect([call.state.value.link, sent.filter((name) => name === 'call:end').length]).toEqual(['joined', 2]);
  });

  it('that was given up because calls were not possible comes back when they are', async () => {
    media.joined = fail({ code: 'callsUnavailable' });
    const call = client();
    call.follow(on('one'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(call.state.value.link).toBe('failed');
    media.joined = succeed({});
    call.callsReady();
    await vi.advanceTimersByTimeAsync(250);
    expect(call.state.value.link).toBe('joined');
    call.callsReady();
    expect([call.state.value.link, media.made.at(-1)?.mended]).toEqual(['joined', [true]]);
  });

  it('that waits for its next try is tried at once when calls are possible', async () => {
    media.joined = fail({ code: 'callsUnavailable' });
    const call = client();
    call.follow(on('one'));
    await vi.advanceTimersByTimeAsync(4000);
    expect(call.state.value.link).toBe('rejoining');
    media.joined = succeed({});
    call.callsReady();
    await vi.advanceTimersByTimeAsync(250);
    expect(call.state.value.link).toBe('joined');
  });

  it('is given up after so many tries, and tried again when somebody wishes', async () => {
    media.joined = fail({ code: 'internal' });
    const call = client();
    call.follow(on('one'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(call.state.value).toMatchObject({ link: 'failed', failure: { code: 'internal' } });
    expect(media.made).toHaveLength(6);
    media.joined = succeed({});
    call.retry();
    await vi.advanceTimersByTimeAsync(250);
    expect(call.state.value.link).toBe('joined');
  });

  it('connects until media get through, and says when they do not any more', async () => {
    media.way = 'unused';
    const call = client();
    call.follow(on('one'));
    await settle();
    for (const [way, link] of [
      ['connecting', 'joining'],
      ['through', 'joined'],
      ['interrupted', 'rejoining'],
      ['through', 'joined'],
    ] as const) {
      media.way = way;
      (media.made[0]?.hooks as Hooks | undefined)?.onWay();
      expect(call.state.value.link).toBe(link);
    }
    expect([media.made.length, media.made[0]?.given]).toEqual([1, ['microphone']]);
  });

  it('is there where there is nothing to send or to receive', async () => {
    media.way = 'unused';
    const call = client();
    call.follow(on('one'), 'listen');
    await settle();
    expect(call.state.value.link).toBe('joined');
  });

  it.each(['fails', 'does not end'])(
    'whose way to media %s each time is given up, and tried again when somebody wishes',
    async (how) => {
      media.way = 'connecting';
      const call = client();
      call.follow(on('one'));
      for (let tries = 1; tries <= 3; tries += 1) {
        await vi.advanceTimersByTimeAsync(1500);
        await settle();
        expect([call.state.value.link, media.made.length]).toEqual([
          tries === 1 ? 'joining' : 'rejoining',
          tries,
        ]);
        if (how === 'fails') (media.made.at(-1)?.hooks as Hooks | undefined)?.onLost();
        else await vi.advanceTimersByTimeAsync(15_000);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      expect(call.state.value).toMatchObject({ link: 'failed', failure: { code: 'mediaUnreachable' } });
      expect(media.made).toHaveLength(3);
      media.way = 'through';
      call.retry();
      await vi.advanceTimersByTimeAsync(250);
      await settle();
      expect(call.state.value.link).toBe('joined');
    },
  );

  it('is not tried again where that would not help', async () => {
    media.joined = fail({ code: 'notPermitted' });
    const call = client();
    call.follow(on('one'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect([call.state.value.link, media.made.length]).toEqual(['failed', 1]);
  });

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'unsupported'],
    ['Error', 'failed'],
  ])('goes on without a device that fails with %s', async (name, trouble) => {
    media.trouble = Object.assign(new Error('no'), { name });
    const call = client();
    call.follow(on('one'));
    await settle();
    expect(call.state.value).toMatchObject({ link: 'joined', microphone: { state: 'off', trouble } });
  });

  it('mutes a microphone and lets a camera go', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    await call.given.toggle('microphone');
    expect(call.state.value.microphone.state).toBe('muted');
    await call.given.toggle('camera');
    expect(call.state.value.camera.state).toBe('on');
    await call.given.toggle('camera');
    expect(call.state.value.camera.state).toBe('off');
  });

  it('does nothing for a loss outside of a call', async () => {
    const call = client();
    call.lost();
    call.reconnected();
    await vi.advanceTimersByTimeAsync(30_000);
    expect([call.state.value.link, media.made.length]).toEqual(['idle', 0]);
  });

  it('takes another device in its place, and the same one in the next join', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    await call.given.pick('microphone', 'two');
    expect(asked.at(-1)).toMatchObject({ audio: { deviceId: { exact: 'two' } } });
    expect(media.made[0]?.given).toEqual(['microphone', 'microphone']);
    call.lost();
    await vi.advanceTimersByTimeAsync(250);
    expect(asked.at(-1)).toMatchObject({ audio: { deviceId: { exact: 'two' } } });
  });

  it('shows a camera as on that is sent, whatever is chosen while it is being given', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    let answer = (): void => undefined;
    media.answer = new Promise((resolve) => {
      answer = resolve;
    });
    void call.given.toggle('camera');
    await settle();
    for (const id of ['two', 'one']) {
      void call.given.pick('camera', id);
      await settle();
    }
    expect([call.state.value.camera.state, media.made[0]?.given]).toEqual([
      'starting',
      ['microphone', 'camera'],
    ]);
    answer();
    await settle();
    expect(call.state.value.camera).toEqual({ state: 'on' });
    // The one that was chosen last took the place of the first.
    expect(media.made[0]?.given).toEqual(['microphone', 'camera', 'camera']);
    expect(asked.at(-1)).toMatchObject({ video: { deviceId: { exact: 'one' } } });
  });

  it('gives a camera with the background that was chosen while it was being joined', async () => {
    let joined = (): void => undefined;
    media.joined = new Promise((resolve) => {
      joined = () => resolve(succeed({}));
    });
    const call = client();
    await call.start('video');
    call.follow(on('one'));
    await settle();
    expect([call.state.value.link, live()]).toEqual(['joining', 2]);
    call.devices.background.opening.update((count) => count + 1);
    joined();
    await settle();
    expect(media.made[0]?.given).toEqual(['microphone', 'camera']);
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['live', 'ended', 'live']);
    expect(call.state.value.ownPicture).toBe(tracks.find((_, at) => at === 2));
  });

  it('goes on with the device of before where another one does not open', async () => {
    const call = client();
    await call.start('video');
    call.follow(on('one'));
    await settle();
    media.trouble = Object.assign(new Error('no'), { name: 'NotReadableError' });
    await call.given.pick('camera', 'two');
    expect(call.state.value.camera).toEqual({ state: 'on', trouble: 'busy' });
    expect(call.state.value.ownPicture).toBe(tracks.find((_, at) => at === 1));
  });

  it('mends a device that was unplugged as soon as there is one', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    media.trouble = Object.assign(new Error('no'), { name: 'NotFoundError' });
    tracks[0]?.stop();
    (media.made[0]?.hooks as Hooks | undefined)?.onGone('microphone');
    await settle();
    expect(call.state.value).toMatchObject({
      link: 'joined',
      microphone: { state: 'off', trouble: 'unplugged' },
    });
    media.trouble = undefined;
    changes.dispatchEvent(new Event('devicechange'));
    await settle();
    expect(call.state.value.microphone).toEqual({ state: 'on' });
  });

  it('says again after a loss how large the visitor is shown', async () => {
    const call = client();
    call.follow(on('one'));
    await settle();
    call.showsVisitor('small');
    call.lost();
    await vi.advanceTimersByTimeAsync(250);
    expect(media.made.map(({ shown }) => shown)).toEqual([['hidden', 'small'], ['small']]);
  });

  it('knows of the visitor’s way what they say, until the call is over', async () => {
    const call = client();
    call.visitorMeasured({ upLossPermille: 80 });
    expect(call.state.value.theirs).toEqual({});
    call.follow(on('one'));
    await settle();
    call.visitorMeasured({ upLossPermille: 80 });
    expect(call.state.value.theirs).toEqual({ upLossPermille: 80 });
    call.follow({ state: 'off' });
    expect(call.state.value.theirs).toEqual({});
  });
});

describe('what a call takes', () => {
  it('is not read before there may be one', () => {
    const idle = vi.fn();
    vi.stubGlobal('requestIdleCallback', idle);
    const call = client();
    call.follow({ state: 'off' });
    call.follow(on('of a colleague'), 'absent');
    expect(idle).not.toHaveBeenCalled();
    call.follow(asking);
    call.follow(asking);
    expect(idle).toHaveBeenCalledTimes(1);
  });
});

describe('a call whose code does not load', () => {
  it('opens no device, and says so once it was tried often enough', async () => {
    vi.resetModules();
    vi.doMock('./call-media.js', () => {
      throw new TypeError('It is not there.');
    });
    const call = client();
    await call.start('video');
    call.follow(on('one'));
    // Loading is not held by the clock of the test.
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(10_000);
      expect(call.state.value.link).toBe('failed');
    });
    expect(call.state.value.failure).toEqual({ code: 'notLoaded' });
    expect([asked, live()]).toEqual([[], 0]);
    call.retry();
    expect(call.state.value.link).toBe('rejoining');
  });
});
