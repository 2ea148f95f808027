/**
 * How many calls a core carries, by what the worker and its Node process use for each: ours against bare mediasoup
 * with the same streams in the same seconds. Two parties, voice both ways, and then a picture of 640 by 480 as well: one
 * as it is, and then the two of a camera as a call has them, of which the small one is shown or the large one.
 */
import { openGround } from './sfu-ground.mjs';
import { rowOf } from './statistics.mjs';

const WINDOW_MS = 10_000;
const KINDS = [
  { kind: 'voice', calls: 6, video: false },
  { kind: 'video', calls: 1, video: true },
  { kind: 'shown-small', calls: 1, video: true, shown: 'small' },
  { kind: 'shown-large', calls: 1, video: true, shown: 'large' },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const rows = [];
  for (const { kind, ...how } of KINDS) {
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`${kind}: round ${round + 1} of ${rounds}`);
      measured.push(await oneRound({ ...how, first: round, progress: () => undefined }));
    }
    const pairs = (arm) =>
      measured.map((used) => ({
        ours: perCore(used, arm, how.calls),
        baseline: perCore(used, 'bare', how.calls),
      }));
    rows.push(rowOf(`calls-per-core/bare/${kind}`, 'calls', pairs('ours')));
    rows.push(rowOf(`calls-per-core/a-vs-a-${kind}`, 'calls', pairs('again')));
  }
  return rows;
}

/** In processes of its own: what one of them finds by chance, as where its memory lies, weighs on no other round. */
async function oneRound(how) {
  const ground = await openGround(how);
  try {
    return await ground.measure(WINDOW_MS);
  } finally {
    await ground.close();
  }
}

/** A call is as many packets as one had on average in this round: a browser that is busy gives one arm fewer of them. */
function perCore(used, arm, calls) {
  const arms = Object.values(used);
  const sum = (of) => arms.reduce((all, each) => all + of(each), 0);
  const packetsOfCall = sum(({ packets }) => packets) / sum(({ seconds }) => calls * seconds);
  const { packets, workerMs, nodeMs } = used[arm];
  return packets / ((workerMs + nodeMs) / 1000) / packetsOfCall;
}
