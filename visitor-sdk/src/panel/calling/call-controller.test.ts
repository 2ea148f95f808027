/** The visitor's part in a call: in the tab that asked or answered, back when it was lost, gone when it is over. */

import type { AskId, EngagementView } from '@alongside/protocol';
import { describe, expect, it, vi } from 'vitest';
import { begin, devices, getUserMedia, named, off, on, setUpStage, stage } from '../../../test/call-stage.js';
import type { CallController } from './call-controller.js';

setUpStage();

describe('a call', () => {
  it.each([
    ['asked for', (call: CallController) => call.start('voice')],
    ['said yes to', (call: CallController) => call.answer('one' as AskId, true, 'voice')],
  ])(
    'that this tab %s is joined right behind, and brings what that was told to this call alone',
    async (_, say) => {
      const { call, become } = begin();
      await say(call);
      expect([stage.commands.length, stage.commands[1]]).toEqual([2, 'call:join']);
      await become(on('one'));
      await become(off);
      await say(call);
      await become(on('two'));
      expect(stage.ahead).toEqual([{ callId: 'one' }, undefined]);
    },
  );

  it('that is refused is not joined', async () => {
    const { call } = begin();
    await call.answer('one' as AskId, false, 'voice');
    expect(stage.commands).toEqual(['call:answer']);
  });

  it.each([
    ['voice', ['microphone']],
    ['video', ['camera', 'microphone']],
  ] as const)('that this tab asked for with %s is joined here', async (media, sources) => {
    const { call, become } = begin();
    expect(await call.start(media)).toBeUndefined();
    await become(on('one'));
    expect([call.phase.value, stage.given]).toEqual(['on', sources]);
  });

  it('that another tab has is offered, and comes here when that is wished', async () => {
    const { call, become } = begin();
    await become(on('one', true));
    expect([call.phase.value, stage.joins.length]).toEqual(['elsewhere', 0]);
    call.joinHere();
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.given]).toEqual(['on', ['camera', 'silent microphone']]);
  });

  it('[CA14] that another tab took goes on there, and comes back by a press alone', async () => {
    const { call, session, become } = begin();
    await call.answer('one' as never, true, 'voice');
    await become(on('one'));
    stage.refusal = 'conflict';
    session.callFacts?.lost();
    await vi.advanceTimersByTimeAsync(20_000);
    expect([call.phase.value, call.own.microphone.value, stage.joins.length]).toEqual([
      'elsewhere',
      'off',
      4,
    ]);
    for (const state of ['reconnecting', 'online']) {
      session.connection.value = state;
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect([call.phase.value, stage.joins.length]).toEqual(['elsewhere', 4]);
    stage.refusal = undefined;
    session.desertedCall.value = 'one';
    call.joinHere();
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.taken]).toEqual(['on', [false, false, false, false, true]]);
    // Should another tab take it again, it is there, and not gone.
    expect(session.desertedCall.value).toBeUndefined();
    session.callFacts?.lost();
    await vi.advanceTimersByTimeAsync(5);
    expect(stage.taken.at(-1)).toBe(false);
  });

  it('that is answered with no is not joined', async () => {
    const { call, become } = begin();
    await call.answer('ask' as never, false, 'video');
    await become(off);
    expect([call.phase.value, stage.joins.length, stage.commands]).toEqual(['off', 0, ['call:answer']]);
  });

  it.each(['its facts', 'its media'])('that is lost, by %s, is joined again', async (how) => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    if (how === 'its facts') session.callFacts?.lost();
    else stage.joins[0]?.onBroken();
    expect([call.phase.value, stage.left]).toEqual(['lost', 1]);
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.joins.length]).toEqual(['on', 2]);
  });

  it.each([
    ['callsUnavailable', 6],
    ['callFlooded', 1],
  ] as const)(
    'that cannot be joined is given up with its reason: %s after %i tries',
    async (reason, tries) => {
      stage.refusal = reason;
      const { call, become } = begin();
      await call.start('voice');
      await become(on('one'));
      await vi.advanceTimersByTimeAsync(60_000);
      expect([call.phase.value, call.failure.value, stage.joins.length]).toEqual(['failed', reason, tries]);
    },
  );

  it('connects until media get through, and says when they do not any more', async () => {
    stage.way = 'unused';
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    for (const [now, phase] of [
      ['connecting', 'joining'],
      ['through', 'on'],
      ['interrupted', 'lost'],
      ['through', 'on'],
    ] as const) {
      stage.way = now;
      stage.joins[0]?.onWay();
      expect(call.phase.value).toBe(phase);
    }
    expect([stage.joins.length, stage.given]).toEqual([1, ['microphone']]);
  });

  it('is on where there is nothing to send or to receive', async () => {
    stage.way = 'unused';
    devices.next = named('NotAllowedError');
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    expect(call.phase.value).toBe('on');
  });

  it.each(['fails', 'does not end'])(
    'whose way to media %s each time is given up, and tried again when that is wished',
    async (how) => {
      stage.way = 'connecting';
      const { call, become } = begin();
      await call.start('voice');
      await become(on('one'));
      for (let tries = 1; tries <= 3; tries += 1) {
        expect([call.phase.value, stage.joins.length]).toEqual(['joining', tries]);
        call.given.mute(true);
        if (how === 'fails') stage.joins.at(-1)?.onBroken();
        await vi.advanceTimersByTimeAsync(how === 'fails' ? 5000 : 16_500);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      expect([call.phase.value, call.failure.value, stage.joins.length]).toEqual([
        'failed',
        'mediaUnreachable',
        3,
      ]);
      expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['ended']);
      stage.way = 'through';
      call.retry();
      await vi.advanceTimersByTimeAsync(5);
      expect([call.phase.value, stage.joins.length, call.own.microphone.value]).toEqual(['on', 4, 'muted']);
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
    stage.way = 'connecting';
    await call.start('voice');
    await become(on('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, devices.opened]).toEqual(['failed', []]);
    allow();
    await vi.advanceTimersByTimeAsync(5);
    expect(new Set(devices.opened.map(({ readyState }) => readyState))).toEqual(new Set(['ended']));
  });

  it('is tried once where the browser cannot hold one', async () => {
    stage.refusal = 'callNotSupported';
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, call.failure.value, stage.joins.length]).toEqual([
      'failed',
      'callNotSupported',
      1,
    ]);
  });

  it('that is lost while calls are paused waits for the word that they are not', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    stage.refusal = 'callsUnavailable';
    session.callFacts?.lost();
    session.calls.value = { state: 'paused', until: 1 };
    await vi.advanceTimersByTimeAsync(60_000);
    expect([call.phase.value, stage.joins.length]).toEqual(['failed', 2]);
    stage.refusal = undefined;
    session.calls.value = { state: 'ready' };
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.joins.length]).toEqual(['on', 3]);
  });

  it('looks after its way at each word of calls, and does not wait for its next try', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.calls.value = { state: 'ready' };
    expect(stage.mended).toEqual([true]);
    stage.refusal = 'callsUnavailable';
    session.callFacts?.lost();
    await vi.advanceTimersByTimeAsync(3000);
    const tried = stage.joins.length;
    expect(call.phase.value).toBe('lost');
    await become(on('one'));
    expect(stage.joins).toHaveLength(tried);
    stage.refusal = undefined;
    session.calls.value = { state: 'ready' };
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.joins.length]).toEqual(['on', tried + 1]);
  });

  it('goes on while the connection to the service is away, and is mended after it', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    await vi.advanceTimersByTimeAsync(10_000);
    session.connection.value = 'online';
    expect([call.phase.value, stage.joins.length, stage.mended]).toEqual(['on', 1, [false]]);
  });

  it('that breaks while the connection is away is joined when it is back, however late', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    stage.joins[0]?.onBroken();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([call.phase.value, stage.joins.length]).toEqual(['lost', 1]);
    session.connection.value = 'online';
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.joins.length]).toEqual(['on', 2]);
  });

  it('is left at once when the visitor hangs up, also while the connection is away', async () => {
    const { call, session, become } = begin();
    await call.start('voice');
    await become(on('one'));
    session.connection.value = 'offline';
    call.hangUp();
    expect([call.phase.value, call.own.microphone.value, stage.left]).toEqual(['off', 'off', 1]);
    session.connection.value = 'online';
    await vi.advanceTimersByTimeAsync(5);
    expect([call.phase.value, stage.commands.filter((each) => each === 'call:end').length]).toEqual([
      'off',
      2,
    ]);
  });

  it.each(['the call', 'the engagement'])('is left with the end of %s', async (what) => {
    const { call, ended, become } = begin();
    await call.start('video');
    await become(on('one'));
    if (what === 'the call') await become(off);
    else ended.value = {};
    expect([call.phase.value, call.own.picture.value, stage.left]).toEqual(['off', undefined, 1]);
  });

  it('goes on when the browser gives no microphone, and says why', async () => {
    devices.next = named('NotAllowedError');
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    expect([call.phase.value, call.own.microphone.value, stage.given]).toEqual(['on', 'refused', []]);
  });

  it('takes the camera back at once, and gives it after the service has heard', async () => {
    const { call, become } = begin();
    await call.start('voice');
    await become(on('one'));
    await call.given.showCamera(true);
    expect([call.own.camera.value, stage.given]).toEqual(['on', ['microphone', 'camera']]);
    await call.given.showCamera(false);
    expect([call.own.camera.value, call.own.picture.value]).toEqual(['off', undefined]);
    expect(stage.commands).toEqual(['call:start', 'call:join', 'call:consent', 'call:consent']);
  });
});

describe('a sealed call', () => {
  it('keeps keys for who is in it alone, and is not joined again in the clear', async () => {
    const { call, session, become, kept } = begin();
    await call.start('voice');
    await become(on('one'));
    expect(stage.joins[0]?.allowsOpen?.('one')).toBe(true);
    await stage.joins[0]?.seal?.('one');
    expect(call.sealed.codes.value).toEqual([]);
    const present = [{ agentId: 'colleague', mode: 'speak', noticed: true }];
    const led = (call: object) =>
      ({ phase: 'active', agent: { agentId: 'lead' }, call }) as unknown as EngagementView;
    session.engagement.value = led({ ...on('one'), present });
    session.engagement.value = led(on('one'));
    expect(kept).toEqual([['lead', 'colleague'], ['lead']]);
    stage.joins[0]?.onBroken();
    await vi.advanceTimersByTimeAsync(5);
    expect(stage.joins[0]?.allowsOpen?.('one')).toBe(false);
    expect(stage.joins[1]?.allowsOpen?.('one')).toBe(false);
    // Another call is not held to it.
    expect(stage.joins[1]?.allowsOpen?.('two')).toBe(true);
    expect(call.sealed.codes.value).toBeUndefined();
  });

  it('sends a step once more that was refused for a moment', async () => {
    const { call, session, become } = begin();
    const passed = () => stage.commands.filter((name) => name === 'call:passKeys').length;
    await call.start('voice');
    await become(on('one'));
    const { command } = session;
    session.command = async (name: string) => {
      const reply = await command(name);
      if (name !== 'call:passKeys' || passed() > 1) return reply;
      return { ok: false, refusal: { code: 'tooFast' } } as unknown as typeof reply;
    };
    await stage.joins[0]?.seal?.('one');
    expect(passed()).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(passed()).toBe(2);
  });
});
