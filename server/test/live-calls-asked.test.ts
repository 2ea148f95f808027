/** What is joined while a call is only asked for, rule CA12: nobody hears of it, and it ends with the question. */

import type { CallSession } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveWorld } from './live-world.js';

let world: LiveWorld;

beforeEach(async () => {
  world = await LiveWorld.start();
});

afterEach(() => world.close());

describe('a call', () => {
  it('[CA12] is joined by both sides with their yes, and used by nobody before it is on', async () => {
    const { engagementId, visitor, agent } = await world.active();
    const started = agent.must('call:start', { engagementId, media: 'voice' });
    const [, ahead] = await Promise.all([
      started,
      agent.must<CallSession>('call:join', { engagementId, ahead: true }),
    ]);
    const { call } = await visitor.changed('call:asked');
    const askId = call.state === 'asked' ? call.askId : '';
    expect(ahead.callId).toBe(askId);
    // Who does not say that it is ahead wants a call that is on.
    expect(await visitor.ask('call:join', {})).toMatchObject({ refusal: { code: 'wrongState' } });
    const produce = { transportId: 'send', source: 'microphone', rtpParameters: {} };
    for (const [client, body] of [
      [agent, { engagementId, ...produce }],
      [visitor, produce],
    ] as const)
      expect(await client.ask('call:produce', body)).toMatchObject({ refusal: { code: 'wrongState' } });
    const answered = visitor.must('call:answer', { askId, accept: true, media: 'voice' });
    const [, own] = await Promise.all([answered, visitor.must<CallSession>('call:join', { ahead: true })]);
    const { call: running } = await agent.changed('call:answered');
    expect([own.callId, running]).toMatchObject([askId, { state: 'on', callId: askId }]);
    await agent.must('call:produce', { engagementId, ...produce });
    expect(world.calls.told.filter(({ what }) => what === 'ownerClosed')).toEqual([]);
  });

  it('[CA12] that comes to nothing leaves nothing of those who had joined it', async () => {
    const { engagementId, visitor, agent } = await world.active();
    const closed = () => world.calls.told.filter(({ what }) => what === 'ownerClosed').length;
    const ask = async () => {
      agent.facts.clear();
      visitor.facts.clear();
      await agent.must('call:start', { engagementId, media: 'voice' });
      await agent.must('call:join', { engagementId, ahead: true });
      const { call } = await visitor.changed('call:asked');
      return call.state === 'asked' ? call.askId : '';
    };
    await visitor.must('call:answer', { askId: await ask(), accept: false, media: 'voice' });
    expect(closed()).toBe(1);
    await ask();
    await agent.must('call:cancel', { engagementId });
    expect(closed()).toBe(2);
    await ask();
    world.clock.advance(limits.askMs);
    await agent.changed('call:cancelled');
    expect(closed()).toBe(3);
    expect(await agent.ask('call:join', { engagementId, ahead: true })).toMatchObject({
      refusal: { code: 'wrongState' },
    });
  });

  it('[CA12] tells the other side nothing of who has joined it, and of no address', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('call:start', { engagementId, media: 'voice' });
    await visitor.changed('call:asked');
    const heard = visitor.heard.length;
    await agent.must('call:join', { engagementId, ahead: true });
    // An answer that comes behind it brings whatever was told before.
    await visitor.must('chat:typing', { typing: true });
    expect(visitor.heard.slice(heard)).toEqual([]);
  });

  it('[CA12] [MA7] is let go of when the lead passes, and who leads then has asked nothing', async () => {
    const { engagementId, visitor, agent } = await world.active();
    const [, heir] = world.shop.agents;
    const colleague = await world.agent(heir);
    await colleague.must('engagement:join', { engagementId, as: 'agent' });
    await agent.must('call:start', { engagementId, media: 'voice' });
    await agent.must('call:join', { engagementId, ahead: true });
    expect(await colleague.ask('call:join', { engagementId, ahead: true })).toMatchObject({
      refusal: { code: 'notPermitted' },
    });
    await agent.must('engagement:handOver', { engagementId, agentId: heir.agentId });
    expect((await visitor.changed('lead:passed')).call).toEqual({ state: 'off' });
    expect(world.calls.told.at(-1)).toEqual({ what: 'ownerClosed', about: engagementId });
  });

  it('[CA12] stays joined when the pass of another window runs out', async () => {
    const { engagement, engagementId, visitor, agent } = await world.active();
    const tab = await world.visitor(engagement);
    tab.drop();
    await until(() => world.live.status().visitors === 1);
    world.clock.advance(limits.resumePassMs - limits.askMs / 2);
    await visitor.must('call:start', { media: 'voice' });
    await visitor.must('call:join', { ahead: true });
    const joined = world.calls.told.at(-1)?.about;
    world.clock.advance(limits.askMs / 2);
    const left = await until(() => world.calls.told.find(({ what }) => what === 'leave')?.about);
    expect(left).not.toEqual(joined);
    const { call } = await agent.changed('call:asked');
    const askId = call.state === 'asked' ? call.askId : '';
    await agent.must('call:answer', { engagementId, askId, accept: true, media: 'voice' });
    expect(world.calls.told.map(({ what }) => what)).not.toContain('ownerClosed');
  });
});
