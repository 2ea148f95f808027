/**
 * What each further agent of an engagement costs the server: the slope of CPU per frame over the number of agents,
 * ours against a raw relay, and one more raw relay against itself to show what noise there is. And what the visitor
 * sends for the same events, once everybody sees the page: with twenty agents no byte more than with one.
 */
import { Child } from './child.mjs';
import { frameSocket, isEqual, loadFrames, openAgent, openPage, until } from './frame-ends.mjs';
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
    progress('what the visitor sends');
    const frames = await loadFrames();
    const sent = [];
    for (const agents of [1, 20]) sent.push(await bytesOf(frames, arms.ours.child, agents));
    return [
      rowOf('fan-out/raw-ws/cpu-per-agent', 'us', pairs('ours')),
      rowOf('fan-out/one-agent/visitor-bytes', 'bytes', [{ ours: sent[1], baseline: sent[0] }]),
      rowOf('fan-out/a-vs-a', 'us', pairs('again')),
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

const EVENTS = 200;

/** Bytes that leave the visitor's page for the same events, after all agents have been let in. */
async function bytesOf(frames, child, count) {
  const { engagementId, visitorPass, agentPasses } = await child.ask({ open: count });
  const page = openPage(frames, engagementId);
  page.emit({ at: 0 });
  const agents = [];
  for (const pass of agentPasses) {
    const agent = openAgent(frames, engagementId);
    agent.receiver.attach(await frameSocket(child.hello.port), pass);
    agents.push(agent);
  }
  let bytes = 0;
  const add = (message) => {
    bytes += message.length;
  };
  page.sender.attach(await frameSocket(child.hello.port, add), visitorPass);
  const all = () => agents.every((agent) => agent.state === 'live' && isEqual(page, agent));
  await until(all, 'all agents see the page');
  bytes = 0;
  for (let at = 1; at <= EVENTS; at += 1) {
    page.emit({ at, words: `what changed at ${at * 7919}` });
    if (at % 10 === 0) await until(all, 'all agents see the change');
  }
  const sent = bytes;
  page.sender.close({ ended: true });
  for (const { receiver } of agents) receiver.close({ ended: true });
  await child.ask({ close: engagementId });
  return sent;
}
