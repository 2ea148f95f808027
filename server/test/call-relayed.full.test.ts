/** A call by a relay, over TLS too; and when that is killed: straight on where that is allowed, back with it elsewhere. */

import { readFile } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { localhostCertificate } from '../../infra/turn/localhost-certificate.js';
import { RunningTurn } from '../../infra/turn/running-turn.js';
import { CallGround, type GroundRelay } from './call-ground.js';
import { HealRounds } from './heal-rounds.js';
import { MEDIA_ADDRESS, RELAY_ADDRESS } from './network-path.js';
import { expectBackWithRelay, relayed } from './relay-rounds.js';

const ROUNDS = Number(process.env.HEAL_ROUNDS ?? 30);
const ROUND_MS = 60_000;
/** The media server is on loopback here, where a relay of an installation leads nobody. */
const leadsToLoopback = (configuration: string) => `${configuration}\nallow-loopback-peers\n`;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
}, 60_000);

async function startBoth(relay: Omit<GroundRelay, 'turn'>) {
  const turn = await RunningTurn.start({
    ...{ peers: [MEDIA_ADDRESS], relayAddress: RELAY_ADDRESS },
    ...{ change: leadsToLoopback, tls: localhostCertificate() },
  });
  closing.push(() => turn.stop());
  const ground = await CallGround.start({ turn, ...relay });
  closing.push(() => ground.close());
  return { turn, ground };
}

const [byTcp, byTls] = (['tcp', 'tls'] as const).map((over) => [
  [over, over],
  [over, over],
]);

/** Ports by which it sends to media servers now, one for each relay that somebody has opened. */
async function openRelays(): Promise<number> {
  const sockets = (await readFile('/proc/net/udp', 'utf8')).split('\n');
  return sockets.filter((line) => /^ *\d+: 0300007F:/.test(line)).length;
}

it('reaches the relay over TLS', async () => {
  const { ground } = await startBoth({ only: true, over: 'tls' });
  expect(await relayed(ground)).toEqual(byTls);
}, 60_000);

it('keeps a relay for each connection of each, by each address of it, also where it goes straight', async () => {
  const { ground } = await startBoth({ only: false, over: 'tcp' });
  await expect.poll(() => relayed(ground), { timeout: 40_000 }).toEqual([[], []]);
  expect(await openRelays()).toBe(4);
}, 60_000);

it(
  'goes on straight',
  async () => {
    const { turn, ground } = await startBoth({ only: false, over: 'tcp' });
    const rounds = await HealRounds.of(ground);
    const waits = await rounds.measure(ROUNDS, async () => {
      // Of the round before.
      await turn.kill();
      await turn.begin();
      ground.network.onlyFrom = RELAY_ADDRESS;
      await expect.poll(() => relayed(ground), { timeout: 40_000 }).toEqual(byTcp);
      await ground.mediaBack();
      ground.network.onlyFrom = undefined;
      await turn.kill();
      return performance.now();
    });
    rounds.expectKept('TURN server gone, straight allowed', waits);
    expect(await relayed(ground)).toEqual([[], []]);
  },
  ROUNDS * ROUND_MS,
);

it(
  'that may go by a relay only is told so, and is back once there is one',
  async () => {
    const both = await startBoth({ only: true, over: 'tcp' });
    // The first time until both have given up: a sentence says then that calls are not possible.
    await expectBackWithRelay(both, { rounds: ROUNDS, first: /^callsUnavailable$/ });
  },
  ROUNDS * ROUND_MS,
);
