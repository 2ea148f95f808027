/**
 * What each further agent of an engagement costs the server: the slope of CPU per frame over the number of agents,
 * ours against a raw relay, and one more raw relay against itself to show what noise there is.
 */
import { Child } from './child.mjs';
import { connectOurs, connectRaw, cpuPerFrame } from './relay-arms.mjs';
import { rowOf } from './statistics.mjs';

const AGENTS = [1, 2, 5, 20];
const BYTES = 256;
const WINDOW = 8;
const LOOPS = 2;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const arms = {
    ours: { child: await Child.start('relay-process.mjs'), connect: connectOurs },
    raw: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
    again: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
  };
  try {
    for (const arm of Object.values(arms)) await slopeOf(arm);
    const slopes = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      slopes.push(await oneRound(arms, round));
    }
    const pairs = (key) => slopes.map((each) => ({ ours: each[key], baseline: each.raw }));
    return [
      rowOf('fan-out/raw-ws/cpu-per-agent', 'us', pairs('ours')),
      rowOf('fan-out/raw-ws/a-vs-a', 'us', pairs('again')),
    ];
  } finally {
    for (const { child } of Object.values(arms)) await child.stop();
  }
}

/** The arms take turns in beginning, so that none is always the one that follows another. */
async function oneRound(arms, round) {
  const names = Object.keys(arms);
  const turned = names.map((_, index) => names[(index + round) % names.length]);
  const slopes = {};
  for (const name of turned) slopes[name] = await slopeOf(arms[name]);
  return slopes;
}

/** Of the straight line that lies closest to the measured points. */
async function slopeOf(arm) {
  const points = [];
  for (const agents of AGENTS) {
    const scenario = { agents, bytes: BYTES, window: WINDOW };
    points.push({ agents, cpu: await cpuPerFrame(arm, scenario, LOOPS) });
  }
  const mean = (key) => points.reduce((sum, point) => sum + point[key], 0) / points.length;
  const [agents, cpu] = [mean('agents'), mean('cpu')];
  const over = points.reduce((sum, point) => sum + (point.agents - agents) * (point.cpu - cpu), 0);
  return over / points.reduce((sum, point) => sum + (point.agents - agents) ** 2, 0);
}
