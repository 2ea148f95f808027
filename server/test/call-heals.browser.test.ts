/** One round of every fault, in every run; `call-heals.full.test.ts` and `call-relayed.full.test.ts` measure many. */

import { describe, it } from 'vitest';
import { CallGround } from './call-ground.js';
import { healingTests } from './healing-tests.js';
import { MEDIA_ADDRESS, RELAY_ADDRESS } from './network-path.js';
import { expectBackWithRelay } from './relay-rounds.js';
import { SmallTurn } from './small-turn.js';

describe('by any way', () => healingTests(1));

it('after its TURN server was gone, which is the only way', async () => {
  const turn = await SmallTurn.start({ relayAddress: RELAY_ADDRESS, peer: MEDIA_ADDRESS });
  const ground = await CallGround.start({ turn, only: true, over: 'tcp' });
  try {
    await expectBackWithRelay({ turn, ground }, { rounds: 1 });
  } finally {
    await ground.close();
    await turn.kill();
  }
}, 60_000);
