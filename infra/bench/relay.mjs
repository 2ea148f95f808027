/**
 * CPU of the server process for one relayed frame: the relay of `live` with every check it makes, against a relay of
 * fifteen lines on the same `ws`, and against socket.io with the same number of bytes as JSON. Each is a process of
 * its own; visitor and agents are in this one. A closed loop: at most a window's frames are on their way. One more raw
 * relay runs as an arm of its own, to show what noise there is.
 */
import { Child } from './child.mjs';
import { connectOurs, connectRaw, connectSocketIo, cpuPerFrame } from './relay-arms.mjs';
import { rowOf } from './statistics.mjs';

const LOOPS = 3;
const WARM_UP_LOOPS = 2;

const SCENARIOS = [
  { name: '1to1-64B-window1', agents: 1, bytes: 64, window: 1 },
  { name: '1to1-64B-window8', agents: 1, bytes: 64, window: 8 },
  { name: '1to1-1kB-window8', agents: 1, bytes: 1024, window: 8, withSocketIo: true },
  { name: '1to5-64B-window8', agents: 5, bytes: 64, window: 8 },
  { name: '1to5-1kB-window8', agents: 5, bytes: 1024, window: 8, withSocketIo: true },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const arms = {
    ours: { child: await Child.start('relay-process.mjs'), connect: connectOurs },
    raw: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
    again: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
    socketIo: { child: await Child.start('socketio-json-process.mjs'), connect: connectSocketIo },
  };
  try {
    for (const scenario of SCENARIOS) {
      for (const name of armsOf(scenario)) await cpuPerFrame(arms[name], scenario, WARM_UP_LOOPS);
    }
    const measured = SCENARIOS.map((scenario) => ({ scenario, rounds: [] }));
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const each of measured) each.rounds.push(await oneRound(arms, each.scenario, round));
    }
    return rowsOf(measured);
  } finally {
    for (const { child } of Object.values(arms)) await child.stop();
  }
}

const armsOf = ({ withSocketIo = false }) => ['ours', 'raw', 'again', ...(withSocketIo ? ['socketIo'] : [])];

/** The arms take turns in beginning and go loop by loop, so that a slow moment falls on all of them. */
async function oneRound(arms, scenario, round) {
  const names = armsOf(scenario);
  const turned = names.map((_, index) => names[(index + round) % names.length]);
  const cpu = Object.fromEntries(names.map((name) => [name, 0]));
  for (let loop = 0; loop < LOOPS; loop += 1) {
    for (const name of loop % 2 === 0 ? turned : turned.toReversed()) {
      cpu[name] += (await cpuPerFrame(arms[name], scenario, 1)) / LOOPS;
    }
  }
  return cpu;
}

function rowsOf(measured) {
  const pairs = ({ rounds }, ours, baseline) =>
    rounds.map((cpu) => ({ ours: cpu[ours], baseline: cpu[baseline] }));
  /** All scenarios together, round by round. */
  const over = (name) => {
    const mean = (arm, round) =>
      measured.reduce((sum, { rounds }) => sum + rounds[round][arm], 0) / measured.length;
    return measured[0].rounds.map((_, round) => ({ ours: mean(name, round), baseline: mean('raw', round) }));
  };
  return [
    rowOf('relay/raw-ws/cpu-per-frame', 'us', over('ours')),
    ...measured.map((each) =>
      rowOf(`relay/raw-ws/cpu-per-frame-${each.scenario.name}`, 'us', pairs(each, 'ours', 'raw')),
    ),
    ...measured
      .filter(({ scenario }) => scenario.withSocketIo)
      .map((each) =>
        rowOf(`relay/socket.io/cpu-per-frame-${each.scenario.name}`, 'us', pairs(each, 'ours', 'socketIo')),
      ),
    rowOf('relay/a-vs-a', 'us', over('again')),
  ];
}
