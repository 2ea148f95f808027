/** Devices in a visitor's call: tried before it, given into it, changed, unplugged and taken back. */

import type { CallMedia } from '@alongside/protocol';
import { expect, it, vi } from 'vitest';
import { begin, devices, named, off, on, setUpStage, stage } from '../../../test/call-stage.js';
import type { CallController } from './call-controller.js';

setUpStage();

it('that are tried before a call are the ones that it begins with', async () => {
  const { call, become } = begin();
  await call.given.tryOut('video');
  expect([call.own.microphone.value, call.own.camera.value, stage.given, stage.commands]).toEqual([
    'on',
    'on',
    [],
    [],
  ]);
  await call.start('voice');
  await become(on('one'));
  expect([stage.given, call.own.camera.value, devices.opened.length]).toEqual([['microphone'], 'off', 2]);
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
  expect([stage.given, call.own.microphone.value]).toEqual([['microphone', 'silent microphone'], 'muted']);
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
  expect([call.own.microphone.value, stage.muted, call.phase.value]).toEqual([
    'unplugged',
    ['microphone true'],
    'on',
  ]);
  devices.next = undefined;
  devices.changes.dispatchEvent(new Event('devicechange'));
  await vi.advanceTimersByTimeAsync(5);
  expect([call.own.microphone.value, stage.given]).toEqual(['on', ['microphone', 'microphone']]);
  expect(stage.muted).toEqual(['microphone true', 'microphone false']);
});

it.each([true, false])(
  'that are unplugged while they are being given leave one stream (another: %s)',
  async (hasOther) => {
    const { call, become } = begin();
    let answer = (): void => undefined;
    stage.answered = new Promise((resolve) => {
      answer = resolve;
    });
    await call.start('voice');
    await become(on('one'));
    if (!hasOther) devices.next = named('NotFoundError');
    devices.opened[0]?.stop();
    devices.opened[0]?.dispatchEvent(new Event('ended'));
    await vi.advanceTimersByTimeAsync(5);
    expect([stage.given, stage.muted]).toEqual([['microphone'], ['microphone true']]);
    answer();
    await vi.advanceTimersByTimeAsync(5);
    const silenced = ['microphone true', 'microphone true'];
    expect([call.own.microphone.value, stage.given, stage.muted]).toEqual(
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
  stage.joins[0]?.onBroken();
  let answer = (): void => undefined;
  stage.answered = new Promise((resolve) => {
    answer = resolve;
  });
  await vi.advanceTimersByTimeAsync(5);
  stage.muted.length = 0;
  call.given.mute(is);
  answer();
  await vi.advanceTimersByTimeAsync(5);
  // Once into the room that has no stream yet, and once when there is one.
  const told = `microphone ${is}`;
  expect([call.own.microphone.value, stage.muted]).toEqual([is ? 'muted' : 'on', [told, told]]);
});

it('that are taken back while they are being given are not given', async () => {
  const { call, become } = begin();
  await call.start('voice');
  await become(on('one'));
  let answer = (): void => undefined;
  stage.answered = new Promise((resolve) => {
    answer = resolve;
  });
  const shown = call.given.showCamera(true);
  await vi.advanceTimersByTimeAsync(5);
  await call.given.showCamera(false);
  answer();
  await shown;
  expect([call.own.camera.value, stage.given.at(-1)]).toEqual(['off', 'no camera']);
  expect(stage.given.filter((each) => each === 'no camera')).toHaveLength(2);
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
  stage.joins[0]?.onBroken();
  await vi.advanceTimersByTimeAsync(5);
  expect(stage.shows).toEqual(['hidden', 'small', 'small']);
});

/** What the service is told by a page of the tab that was in the call, after the one that was left. */
async function nextPage(leave: (call: CallController) => void | Promise<void>, media: CallMedia = 'voice') {
  const { call, become, memory } = begin();
  await call.start(media);
  await become(on('one', media === 'video'));
  await leave(call);
  [stage.given, stage.muted, stage.commands] = [[], [], []];
  const page = begin(memory, on('one', media === 'video'));
  await vi.advanceTimersByTimeAsync(5);
  return page;
}

it('[CA14] that was muted is so on the next page, from its first packet on, and on the one after that', async () => {
  const page = await nextPage((call) => call.given.mute(true));
  expect([page.call.own.microphone.value, stage.given]).toEqual(['muted', ['silent microphone']]);
  stage.given = [];
  const { call } = begin(page.memory, on('one'));
  await vi.advanceTimersByTimeAsync(5);
  expect([call.own.microphone.value, stage.given]).toEqual(['muted', ['silent microphone']]);
  call.given.mute(false);
  expect([call.own.microphone.value, stage.muted.at(-1)]).toEqual(['on', 'microphone false']);
});

it('that was heard is heard on the next page, also where it was muted for a while', async () => {
  const { call } = await nextPage((call) => {
    call.given.mute(true);
    call.given.mute(false);
  });
  expect([call.own.microphone.value, stage.given]).toEqual(['on', ['microphone']]);
});

it('[CA14] that comes from another tab by a press is muted, for whether it was there nobody knows', async () => {
  const { call, become } = begin();
  await become(on('one'));
  call.joinHere();
  await vi.advanceTimersByTimeAsync(5);
  expect([call.own.microphone.value, stage.given]).toEqual(['muted', ['silent microphone']]);
});

it('[CA14] that was switched off unheard stays off on the next page, which tells the service', async () => {
  const { call } = await nextPage((call) => call.given.showCamera(false), 'video');
  expect([call.own.camera.value, stage.given]).toEqual(['off', ['no camera', 'microphone']]);
  expect(stage.commands).toContain('call:consent');
});

it('that was on is so on the next page', async () => {
  const { call } = await nextPage(() => undefined, 'video');
  expect([call.own.camera.value, stage.given]).toEqual(['on', ['camera', 'microphone']]);
  expect(stage.commands).not.toContain('call:consent');
});
