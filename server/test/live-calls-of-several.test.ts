/** A call of an engagement with several agents: who hears whom, and whose it is. */

import type { EngagementView } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client, LiveWorld } from './live-world.js';
import type { Colleague } from './several-agents.js';
import { refusalOf, SeveralAgents, viewOf } from './several-agents.js';

let several: SeveralAgents;
let world: LiveWorld;

beforeEach(async () => {
  several = await SeveralAgents.start();
  ({ world } = several);
});

afterEach(() => several.close());

describe('a call of several', () => {
  async function called() {
    const at = await several.shared('Ben', 'Sue');
    const { engagementId, visitor, agent } = at;
    const [ben, sue] = at.others as [Colleague, Colleague];
    await agent.must('call:start', { engagementId, media: 'voice' });
    const { call } = await visitor.changed('call:asked');
    await visitor.must('call:answer', {
      askId: call.state === 'asked' ? call.askId : '',
      accept: true,
      media: 'voice',
    });
    await agent.changed('call:answered');
    const give = async (client: Client, more: object = {}): Promise<void> => {
      await client.must('call:produce', {
        ...more,
        transportId: 't',
        source: 'microphone',
        rtpParameters: {},
      });
    };
    const heardBy = (client: Client) =>
      client.facts
        .named<{ producer: { agentId?: string; party: string } }>('call:produced')
        .map(({ producer }) => producer.agentId ?? producer.party);
    return { ...at, ben, sue, give, heardBy };
  }

  /** As the visitor's page does it once the sentence stands in its panel. */
  async function shows(visitor: Client): Promise<void> {
    const { call } = await visitor.changed('call:attended');
    const presenceId = call.state === 'on' ? call.present?.at(-1)?.presenceId : undefined;
    await visitor.must('call:notice', { presenceId });
    visitor.facts.clear();
  }

  it('[CA7] [CA8] tells a listener of nothing before the visitor is shown them, and whispers to agents alone', async () => {
    const { engagementId, visitor, agent, ben, sue, give, heardBy } = await called();
    const body = { engagementId, mode: 'listen' };
    expect(await refusalOf(ben.client, 'call:attend', body)).toEqual({ code: 'notPermitted' });
    expect(await refusalOf(sue.client, 'call:join', { engagementId })).toEqual({ code: 'notPermitted' });
    await sue.client.must('call:attend', body);
    await sue.client.must('call:join', { engagementId });
    await give(visitor);
    await agent.facts.waitFor('call:produced');
    expect(heardBy(sue.client)).toEqual([]);
    await shows(visitor);
    await give(agent, { engagementId });
    await sue.client.facts.waitFor('call:produced');
    expect([heardBy(sue.client), heardBy(ben.client)]).toEqual([[world.shop.agents[0].agentId], []]);
    await sue.client.must('call:attend', { engagementId, mode: 'whisper' });
    await shows(visitor);
    agent.facts.clear();
    await give(sue.client, { engagementId });
    await agent.facts.waitFor('call:produced');
    expect([heardBy(agent), heardBy(visitor)]).toEqual([[sue.agentId], []]);
    expect(await refusalOf(sue.client, 'call:end', { engagementId })).toEqual({ code: 'notPermitted' });
    await sue.client.must('call:leave', { engagementId });
    await until(() => world.records.of('callLeft').length === 2);
    const attended = world.records.of('callAttended').map(({ mode }) => mode);
    expect([attended, world.records.of('callNoticed').length]).toEqual([['listen', 'whisper'], 2]);
  });

  it('tells the other agents who is out of it for what came from their device', async () => {
    const { engagementId, visitor, agent, ben, sue } = await called();
    world.calls.listener?.flooded(engagementId, ben.agentId);
    world.calls.listener?.flooded(engagementId, 'visitor');
    await until(() => sue.client.facts.named('call:flooded').length === 2);
    const told = (client: Client) => client.facts.named('call:flooded');
    const [ofBen, ofVisitor] = [{ engagementId, agentId: ben.agentId }, { engagementId }];
    expect([told(agent), told(ben.client)]).toEqual([[ofBen, ofVisitor], [ofVisitor]]);
    expect(told(visitor)).toEqual([]);
  });

  it('is sampled of everybody who hears or is heard, each with as what they are in it', async () => {
    const { engagementId, visitor, agent, ben, sue } = await called();
    const report = (client: Client) =>
      client.must('call:report', { engagementId, figures: { downKbps: 30 } });
    const attend = (client: Client, mode: string) => client.must('call:attend', { engagementId, mode });
    await attend(sue.client, 'listen');
    // The visitor's page has not shown her yet.
    await report(sue.client);
    await shows(visitor);
    await attend(ben.client, 'speak');
    await shows(visitor);
    for (const client of [agent, ben.client, sue.client, sue.client]) await report(client);
    await visitor.must('call:report', { figures: {} });
    const samples = () => world.records.of('callMeasured').map(({ side, agentId }) => [side, agentId]);
    await until(() => samples().length >= 4);
    expect(samples()).toEqual([
      ['lead', world.shop.agents[0].agentId],
      ['agent', ben.agentId],
      ['supervisor', sue.agentId],
      ['visitor', undefined],
    ]);
  });

  it('[MA11] goes on when it is handed to somebody who has yet to come into it', async () => {
    const { engagementId, visitor, agent, ben } = await called();
    await agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    const offered = await ben.client.changed('lead:offered');
    expect(offered.agent?.agentId).toBe(world.shop.agents[0].agentId);
    expect(offered.call).toMatchObject({ state: 'on', heir: { agentId: ben.agentId } });
    expect(world.records.of('leadPassed')).toEqual([]);
    await ben.client.must('call:attend', { engagementId, mode: 'speak' });
    await shows(visitor);
    const passed = await ben.client.changed('lead:passed');
    expect([passed.agent?.agentId, passed.call.state]).toEqual([ben.agentId, 'on']);
    expect(passed.call).toMatchObject({ present: [{ agentId: world.shop.agents[0].agentId }] });
    expect(world.calls.told.map(({ what }) => what)).not.toContain('ownerClosed');
  });

  it('[MA11] stays with its lead when whoever was asked into it declines, is asked no more, or does not come', async () => {
    const { engagementId, agent, ben, sue } = await called();
    const ask = () => agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    await ask();
    expect(await refusalOf(sue.client, 'engagement:keepLead', { engagementId })).toEqual({
      code: 'notPermitted',
    });
    await ben.client.must('engagement:keepLead', { engagementId });
    expect((await agent.changed('lead:declined')).call).not.toHaveProperty('heir');
    await ask();
    await agent.must('engagement:keepLead', { engagementId });
    expect((await agent.changed('lead:kept')).call).not.toHaveProperty('heir');
    agent.facts.clear();
    await ask();
    await agent.changed('lead:offered');
    world.clock.advance(limits.askMs);
    const kept = await agent.changed('lead:kept');
    expect([kept.agent?.agentId, kept.call.state]).toEqual([world.shop.agents[0].agentId, 'on']);
    await agent.must('call:end', { engagementId });
  });

  it('[MA7] goes on when it is handed to somebody in it, and its media is left alone', async () => {
    const { engagementId, visitor, agent, ben } = await called();
    const { call } = viewOf(visitor) as EngagementView;
    await ben.client.must('call:attend', { engagementId, mode: 'speak' });
    await shows(visitor);
    await agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    const handed = await visitor.changed('lead:passed');
    expect(handed.agent?.agentId).toBe(ben.agentId);
    const first = world.shop.agents[0].agentId;
    const callId = call.state === 'on' ? call.callId : '';
    expect(handed.call).toMatchObject({ state: 'on', callId, present: [{ agentId: first, noticed: true }] });
    expect(world.calls.told.map(({ what }) => what)).not.toContain('ownerClosed');
    await agent.must('call:leave', { engagementId });
    await ben.client.must('call:end', { engagementId });
    expect((await visitor.changed('call:ended')).call.state).toBe('off');
  });
});
