/**
 * CPU of the server process for one relayed frame: the relay of `live` with every check it makes, against a relay of
 * fifteen lines on the same `ws`. Both are processes of their own; visitor and agents are in this one. A closed loop:
 * at most a window's frames are on their way. One more raw relay runs as a third arm, to show what noise there is.
 */
import { Child } from './child.mjs';
import { connectOurs, connectRaw, cpuPerFrame } from './relay-arms.mjs';
import { rowOf } from './statistics.mjs';

const LOOPS = 3;
const WARM_UP_LOOPS = 2;

const SCENARIOS = [
  { name: '1to1-64B-window1', agents: 1, bytes: 64, window: 1 },
  { name: '1to1-64B-window8', agents: 1, bytes: 64, window: 8 },
  { name: '1to1-1kB-window8', agents: 1, bytes: 1024, window: 8 },
  { name: '1to5-64B-window8', agents: 5, bytes: 64, window: 8 },
  { name: '1to5-1kB-window8', agents: 5, bytes: 1024, window: 8 },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const arms = {
    ours: { child: await Child.start('relay-process.mjs'), connect: connectOurs },
    raw: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
    again: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
  };
  try {
    for (const scenario of SCENARIOS) {
      for (const arm of Object.values(arms)) await cpuPerFrame(arm, scenario, WARM_UP_LOOPS);
    }
    const measured = SCENARIOS.map((scenario) => ({ scenario, ours: [], again: [] }));
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const { scenario, ours, again } of measured) {
        const cpu = await oneRound(arms, scenario, round);
        ours.push({ ours: cpu.ours, baseline: cpu.raw });
        again.push({ ours: cpu.again, baseline: cpu.raw });
      }
    }
    return rowsOf(measured, rounds);
  } finally {
    for (const { child } of Object.values(arms)) await child.stop();
  }
}

/** The arms take turns in beginning, so that none is always the one that follows another. */
async function oneRound(arms, scenario, round) {
  const names = Object.keys(arms);
  const turned = names.map((_, index) => names[(index + round) % names.length]);
  const cpu = {};
  for (const name of turned) cpu[name] = await cpuPerFrame(arms[name], scenario, LOOPS);
  return cpu;
}

function rowsOf(measured, rounds) {
  const total = (key, round) =>
    measured.reduce((sum, each) => sum + each[key][round].ours, 0) / measured.length;
  const base = (round) =>
    measured.reduce((sum, each) => sum + each.ours[round].baseline, 0) / measured.length;
  const over = (key) =>
    Array.from({ length: rounds }, (_, round) => ({ ours: total(key, round), baseline: base(round) }));
  return [
    rowOf('relay/raw-ws/cpu-per-frame', 'us', over('ours')),
    ...measured.map(({ scenario, ours }) => rowOf(`relay/raw-ws/cpu-per-frame-${scenario.name}`, 'us', ours)),
    rowOf('relay/raw-ws/a-vs-a', 'us', over('again')),
  ];
}
