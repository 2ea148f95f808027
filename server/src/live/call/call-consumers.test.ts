import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { expect, it } from 'vitest';
import { CallConsumers } from './call-consumers.js';

/** As much of a consumer of two pictures as is asked of it, and of a transport as makes it. */
function received(dtlsState: string) {
  const asked: string[] = [];
  const consumer = Object.assign(new EventEmitter(), {
    ...{ id: 'consumer', producerId: 'camera', kind: 'video', type: 'simulcast', rtpParameters: {} },
    preferredLayers: { spatialLayer: 0 },
    currentLayers: undefined as { readonly spatialLayer: number } | undefined,
    setPreferredLayers: async (layers: { readonly spatialLayer: number }) => {
      asked.push(`layer ${layers.spatialLayer}`);
      consumer.preferredLayers = layers;
    },
    pause: async () => undefined,
    close: () => void asked.push('closed'),
    resume: async () => void asked.push('resume'),
    requestKeyFrame: async () => void asked.push('key frame'),
  });
  const worker = { refuses: false };
  const consume = async (wish: { readonly paused: boolean; readonly preferredLayers: object }) => {
    if (worker.refuses) throw new Error('no');
    asked.push(wish.paused ? 'paused' : 'running', JSON.stringify(wish.preferredLayers));
    return consumer;
  };
  const transport = { id: 'way', dtlsState, consume } as unknown as types.WebRtcTransport;
  const comes = (spatialLayer: number) => {
    consumer.currentLayers = { spatialLayer };
    consumer.emit('layerschange', consumer.currentLayers);
  };
  return { consumers: new CallConsumers(transport), asked, comes, worker };
}

it('runs ahead while the way is being made, and begins with the small picture', async () => {
  const { consumers, asked, comes } = received('new');
  consumers.take({});
  const made = await consumers.makeAhead('camera', {});
  expect(made).toMatchObject({ consumerId: 'consumer', transportId: 'way' });
  expect(await consumers.consume('camera', {})).toMatchObject({ consumerId: 'consumer' });
  expect(asked.splice(0)).toEqual(['running', '{"spatialLayer":0}']);
  expect(await consumers.resume('consumer')).toBeUndefined();
  expect(await consumers.resume('consumer')).toBeUndefined();
  expect(asked.splice(0)).toEqual(['resume', 'key frame', 'resume']);
  // Nothing comes yet that could be enlarged.
  await consumers.show('consumer', 'large');
  expect(asked.splice(0)).toEqual(['resume']);
  comes(0);
  comes(1);
  expect(asked).toEqual(['layer 1']);
});

it('runs ahead as well where the way of who sends is being made', async () => {
  const { consumers, asked } = received('connected');
  consumers.take({});
  await consumers.makeAhead('camera', {}, false);
  await consumers.resume('consumer');
  expect(asked).toEqual(['running', '{"spatialLayer":0}', 'resume', 'key frame']);
});

it('waits on a way that is there until it can be shown, and does not enlarge what is shown small', async () => {
  const { consumers, asked, comes } = received('connected');
  consumers.take({});
  await consumers.makeAhead('camera', {});
  await consumers.resume('consumer');
  expect(asked.splice(0)).toEqual(['paused', '{"spatialLayer":0}', 'resume']);
  await consumers.show('consumer', 'small');
  comes(0);
  expect(asked.splice(0)).toEqual(['layer 0', 'resume']);
  await consumers.show('consumer', 'large');
  expect(asked).toEqual(['layer 1', 'resume']);
});

it('makes one ahead again where the one of before was dropped, or could not be made', async () => {
  const { consumers, asked, worker } = received('connected');
  consumers.take({});
  worker.refuses = true;
  expect(await consumers.makeAhead('camera', {})).toBeUndefined();
  worker.refuses = false;
  expect(await consumers.makeAhead('camera', {})).toBeDefined();
  expect(await consumers.makeAhead('camera', {})).toBeUndefined();
  expect(consumers.drop(() => true)).toEqual(['camera']);
  expect(await consumers.makeAhead('camera', {})).toBeDefined();
  expect(asked.filter((each) => each === 'paused' || each === 'closed')).toEqual([
    'paused',
    'closed',
    'paused',
  ]);
});

it('makes none ahead of what is being asked for', async () => {
  const { consumers, asked } = received('connected');
  consumers.take({});
  const asking = consumers.consume('camera', {});
  expect(await consumers.makeAhead('camera', {})).toBeUndefined();
  expect(await asking).toMatchObject({ consumerId: 'consumer' });
  expect(asked.filter((each) => each === 'paused')).toHaveLength(1);
});
