/** Several people in a call with a real media worker: who hears whom, as what they are in it. */

import type { CallRole } from '@alongside/engagement';
import { until } from '@alongside/testkit';
import { describe, expect, it } from 'vitest';
import {
  aki,
  codeOf,
  dumps,
  heard,
  joined,
  receivingBy,
  roles,
  rooms,
  sue,
  taken,
  usesMediaRooms,
} from './media-rooms.js';

usesMediaRooms();

describe('Several people in a call', () => {
  /** The visitor and the lead speak, and Sue is in it as told. */
  async function three(role: CallRole) {
    roles.set(sue, role);
    const [visitor, agent, third] = [await joined('visitor'), await joined('agent'), await joined(sue)];
    const [ofVisitor, ofAgent] = [
      taken(await visitor.produce('microphone')),
      taken(await agent.produce('microphone')),
    ];
    const consume = ({ seat, capabilities }: typeof visitor, { producerId }: { producerId: string }) =>
      rooms.consume(seat, { producerId, rtpCapabilities: capabilities });
    return { visitor, agent, third, ofVisitor, ofAgent, consume };
  }

  it('hear both as a listener, whom nobody hears', async () => {
    const { third, ofVisitor, ofAgent, consume } = await three('listen');
    expect(codeOf(await consume(third, ofVisitor))).toBe('ok');
    expect(codeOf(await consume(third, ofAgent))).toBe('ok');
    for (const source of ['microphone', 'camera'] as const)
      expect(codeOf(await third.produce(source)), source).toBe('notPermitted');
  });

  it('whisper to agents alone, in words alone', async () => {
    const { visitor, agent, third, consume } = await three('whisper');
    const whispered = taken(await third.produce('microphone'));
    expect(codeOf(await third.produce('camera'))).toBe('notPermitted');
    expect(codeOf(await consume(visitor, whispered))).toBe('notPermitted');
    expect(codeOf(await consume(agent, whispered))).toBe('ok');
    const back = taken(await rooms.join(visitor.seat, {}));
    expect(back.producers.map(({ agentId }) => agentId)).toEqual([aki]);
    expect(taken(await rooms.join(agent.seat, {})).producers.map(({ agentId }) => agentId)).toContain(sue);
  });

  it('[CA7] are not heard by the visitor with what they whisper when the lead comes to them', async () => {
    const { visitor, agent, third, consume } = await three('whisper');
    const whispered = taken(await third.produce('microphone'));
    taken(await consume(agent, whispered));
    roles.set(aki, 'speak');
    roles.set(sue, 'lead');
    rooms.audienceChanged(visitor.seat.engagementId);
    await until(() => heard.closed.includes(`agent ${whispered.producerId}`));
    expect(heard.offered).not.toContain(`visitor ${whispered.producerId}`);
    expect(codeOf(await consume(visitor, taken(await third.produce('microphone'))))).toBe('ok');
  });

  it('hear nothing, and are not heard, before the visitor was shown them', async () => {
    const { third, ofVisitor, ofAgent, consume } = await three('announced');
    expect(third.session.producers).toEqual([]);
    for (const given of [ofVisitor, ofAgent])
      expect(codeOf(await consume(third, given))).toBe('notPermitted');
    expect(codeOf(await third.produce('microphone'))).toBe('notPermitted');
    const receiving = { ...receivingBy(third.session), rtpCapabilities: third.capabilities };
    expect(codeOf(await rooms.connect(third.seat, receiving))).toBe('ok');
    heard.offered.length = 0;
    roles.set(sue, 'speak');
    rooms.audienceChanged(third.seat.engagementId);
    await until(() => heard.offered.filter((each) => each.startsWith(sue)).length === 2);
    // With a consumer for each, since they have said what they take.
    const ready = heard.ready.find(({ producerId }) => producerId === ofVisitor.producerId);
    expect([heard.ready.length, ready?.transportId]).toEqual([2, third.session.receive.transportId]);
    expect(taken(await consume(third, ofVisitor)).consumerId).toBe(ready?.consumerId);
  });

  it('lose at once what their part does not allow any more, in the worker as well', async () => {
    const { visitor, agent, third, ofVisitor, ofAgent, consume } = await three('speak');
    const voice = taken(await third.produce('microphone'));
    for (const listener of [visitor, agent]) taken(await consume(listener, voice));
    for (const given of [ofVisitor, ofAgent]) taken(await consume(third, given));
    const before = await dumps.counts();
    roles.set(sue, 'announced');
    rooms.audienceChanged(third.seat.engagementId);
    await until(() => heard.withheld.filter((each) => each.startsWith(sue)).length === 2);
    expect(heard.closed).toEqual([`agent ${voice.producerId}`]);
    const after = await dumps.counts();
    expect([before.producers - after.producers, before.consumers - after.consumers]).toEqual([1, 4]);
    expect(before.transports).toBe(after.transports);
    roles.set(sue, 'absent');
    rooms.audienceChanged(third.seat.engagementId);
    await until(async () => (await dumps.counts()).transports === before.transports - 2);
    expect(codeOf(await rooms.join(third.seat, {}))).toBe('wrongState');
  });

  it('stay as they are when the lead passes: every transport, producer and consumer', async () => {
    const { visitor, agent, third, ofVisitor, ofAgent, consume } = await three('speak');
    const voice = taken(await third.produce('microphone'));
    taken(await consume(visitor, voice));
    taken(await consume(agent, ofVisitor));
    const before = await dumps.ids();
    roles.set(aki, 'speak');
    roles.set(sue, 'lead');
    rooms.audienceChanged(visitor.seat.engagementId);
    await until(() => heard.offered.length > 0);
    expect(await dumps.ids()).toEqual(before);
    expect([heard.closed, heard.withheld]).toEqual([[], []]);
    // The one who led is heard as before by whoever asks only now.
    expect(codeOf(await consume(visitor, ofAgent))).toBe('ok');
  });
});
