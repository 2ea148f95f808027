/**
 * A call between two browsers and what lies between them: packets that somebody on the way forges, what `live` tells
 * each side of the other one's address, and a picture that is sent as large as it is shown.
 */

import type { ShownSize } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallGround, type Side } from './call-ground.js';
import { MEDIA_ADDRESS, PEERS, type Way } from './network-path.js';
import { WorkerDumps } from './worker-dumps.js';

const TEST_MS = 120_000;
/** A sender feels its way up to the larger picture. */
const SOON_MS = 30_000;
/** Of each stream, so many packets that the worker has not seen. */
const KEPT = 30;

let ground: CallGround;
let dumps: WorkerDumps;

beforeAll(async () => {
  dumps = new WorkerDumps();
  ground = await CallGround.start();
}, 120_000);

afterAll(async () => {
  dumps?.close();
  await ground?.close();
}, 60_000);

describe('A picture', () => {
  const of = ({ page }: Side) => page.evaluate(() => window.healPage.received());
  const show = ({ page }: Side, shown: ShownSize) =>
    page.evaluate((size) => window.healPage.show(size), shown);

  it(
    'comes as large as it is shown, and not at all where it is hidden, on either side',
    async () => {
      // What each sees is what the other one's camera gives, or half of it.
      for (const [side, half] of [
        [ground.visitor, 480],
        [ground.agent, 320],
      ] as const) {
        const isLarge = () => until(async () => (await of(side)).width > half, SOON_MS);
        await isLarge();
        await show(side, 'small');
        await until(async () => (await of(side)).width <= half, SOON_MS);
        await show(side, 'hidden');
        // Voices go on meanwhile, so that pictures would as well.
        await until(async () => {
          const before = await of(side);
          await until(async () => (await of(side)).packets > before.packets + 50);
          return (await of(side)).pictures === before.pictures;
        });
        await show(side, 'large');
        await isLarge();
      }
    },
    TEST_MS,
  );
});

describe('Whoever stands between a participant and the worker', () => {
  it(
    'has nothing taken for a stream but what its sender has sealed, and that once',
    async () => {
      const pid = ground.workerPid;
      ground.network.keepBack();
      const [one, other] = await until(() => {
        const senders = ground.network.ways.filter(({ kept }) => kept.filter(isMedia).length >= 4 * KEPT);
        return senders.length === 2 ? senders : undefined;
      });
      if (one === undefined || other === undefined) throw new Error('Nobody sends.');
      // From now on nothing comes to the worker but what is sent here.
      ground.network.goDark();
      const streams = new Set((await dumps.received()).packets.keys());
      const [own, foreign] = [one, other].map(({ kept }) =>
        kept.filter((packet) => isMedia(packet) && streams.has(packet.readUInt32BE(8))).slice(0, KEPT),
      );
      if (own === undefined || foreign === undefined) throw new Error('Nothing was kept.');
      const theirs = foreign[0]?.readUInt32BE(8) ?? 0;
      const forgeries = {
        changed: own.map((packet) => changedAt(packet, packet.length - 1)),
        underAnothersNumber: own.map((packet) => numbered(packet, theirs)),
        ofAnotherSender: foreign,
        unsealed: own.map((packet) => packet.subarray(0, packet.length - 16)),
      };
      for (const [how, packets] of Object.entries(forgeries)) {
        expect(await takenOf(one, packets), how).toEqual(new Map());
      }
      // The very same packets, as they were: so it was their seals, and no wall before them.
      const whole = await takenOf(one, own);
      expect([...whole.values()].reduce((sum, count) => sum + count, 0)).toBe(own.length);
      expect([...whole.keys()]).toEqual([...new Set(own.map((packet) => packet.readUInt32BE(8)))].sort());
      expect(await takenOf(one, own), 'once more').toEqual(new Map());
      ground.network.comeBack();
      await ground.mediaBack();
      expect(ground.workerPid).toBe(pid);
    },
    TEST_MS,
  );

  /** How many of these packets the worker took for each stream, once all of them have come to it. */
  async function takenOf(way: Way, packets: readonly Buffer[]): Promise<ReadonlyMap<number, number>> {
    const before = await dumps.received();
    for (const packet of packets) await way.send(packet);
    const bytes = packets.reduce((sum, { length }) => sum + length, before.bytes);
    const after = await until(async () => {
      const now = await dumps.received();
      return now.bytes >= bytes ? now : undefined;
    });
    const grown = [...after.packets].map(([ssrc, count]) => [ssrc, count - (before.packets.get(ssrc) ?? 0)]);
    return new Map((grown as [number, number][]).filter(([, count]) => count > 0).sort());
  }
});

describe('What live tells each side', () => {
  it('holds no address of the other one, nor of itself', () => {
    // They are known where packets and signals arrive.
    const remote = dumps.remoteAddresses();
    expect(remote.length).toBeGreaterThanOrEqual(4);
    expect(remote.filter((address) => !address.startsWith(PEERS.media))).toEqual([]);
    const { connected } = ground;
    expect(connected.length).toBeGreaterThan(0);
    for (const { truncatedAddress } of connected) expect(truncatedAddress).toContain(PEERS.signals);
    const { told } = ground.network;
    expect(
      told.filter((text) => text.includes('call:produced') && text.includes(MEDIA_ADDRESS)),
    ).toHaveLength(2);
    for (const text of told) for (const network of Object.values(PEERS)) expect(text).not.toContain(network);
  });
});

/** A packet of sound or picture, and not what is told of them (RFC 5761). */
function isMedia(packet: Buffer): boolean {
  const [first = 0, second = 0] = packet;
  return first >= 128 && first < 192 && (second < 192 || second > 223);
}

function changedAt(packet: Buffer, at: number): Buffer {
  const copy = Buffer.from(packet);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function numbered(packet: Buffer, ssrc: number): Buffer {
  const copy = Buffer.from(packet);
  copy.writeUInt32BE(ssrc, 8);
  return copy;
}
