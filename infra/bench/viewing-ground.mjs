/** What a watched page needs beside its two ends: web servers, relays, the replay's own origin, and two browsers. */
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../server/dist/app/embedded-postgres/free-port.js';
import { createReplayApp } from '../../server/dist/http/replay-app.js';
import { launchChromium, servePages } from './browser-pages.mjs';
import { Child } from './child.mjs';
import { armFiles } from './view-arms.mjs';

export const WAIT_MS = 60_000;
const VISITOR_SIZE = { width: 1280, height: 800 };
const AGENT_SIZE = { width: 1400, height: 900 };

/**
 * `areAgentsElsewhere`: what is measured is the visitor's device alone, so that the agent's browser, which is another
 * person's, gets only what of this machine nobody else wants.
 *
 * @param {{ arms: readonly string[], bodies: Readonly<Record<string, string>>, areAgentsElsewhere?: boolean }} options
 */
export async function prepareGround({ arms, bodies, areAgentsElsewhere = false }) {
  const closing = [];
  const keep = (made, close) => {
    closing.push(() => close(made));
    return made;
  };
  const close = async () => {
    for (const each of closing.toReversed()) await each();
  };
  try {
    const pages = keep(await servePages(await armFiles(arms, bodies)), (each) => each.close());
    const replay = keep(await startReplay(`http://console.localhost:${pages.port}`), (each) =>
      each.app.close(),
    );
    const relay = keep(await Child.start('relay-process.mjs'), (each) => each.stop());
    const raw = keep(await Child.start('raw-relay-process.mjs'), (each) => each.stop());
    const visitors = keep(await launchChromium(), (each) => each.close());
    const agents = keep(await launchChromium([], { isElsewhere: areAgentsElsewhere }), (each) =>
      each.close(),
    );
    return { pages, replay, relay, raw, visitors, agents, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The replay's own server with its own policy, on an origin of its own. */
export async function startReplay(consoleOrigin) {
  const port = await findFreePort();
  const silent = () => undefined;
  const replayOrigin = `http://replay.localhost:${port}`;
  const app = await createReplayApp({
    ...{ consoleOrigin, replayOrigin, liveOrigin: consoleOrigin, trustedProxies: [] },
    replayRoot: fileURLToPath(new URL('../../agent-console/dist/replay', import.meta.url)),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  await app.listen({ host: '127.0.0.1', port });
  return { app, replayOrigin };
}

const isOurs = (arm) => arm === 'ours' || arm === 'clear';

/** Each arm has a host of its own, and with it a process of its own in the visitor's browser. */
export async function openVisitor({ visitors, pages }, { arm, body, host = arm }) {
  const visitor = await visitors.newPage({ viewport: VISITOR_SIZE });
  visitor.setDefaultTimeout(WAIT_MS);
  await visitor.goto(`http://${host}.localhost:${pages.port}/${arm}/visitor/${body}`);
  return visitor;
}

/** Both ends of one watched page, connected; `frame` holds the replayed page. */
export async function openLine(ground, { arm, body, host = arm }) {
  const visitor = await openVisitor(ground, { arm, body, host });
  const agent = await openAgent(ground, arm);
  const seats = await shareAndSeat(ground, { arm, host, visitor });
  await seats.watch(agent);
  if (isOurs(arm)) await visitor.waitForFunction(() => window.watched === true);
  return { arm, visitor, agent, frame: frameOf(agent, arm), close: () => leave(visitor, agent, seats.end) };
}

export async function openAgent({ agents, pages, replay }, arm) {
  const agent = await agents.newPage({ viewport: AGENT_SIZE });
  agent.setDefaultTimeout(WAIT_MS);
  await agent.goto(`http://console.localhost:${pages.port}/${arm}/agent`);
  await agent.evaluate((given) => window.prepare?.(given), { replayOrigin: replay.replayOrigin });
  return agent;
}

/** The visitor shares; `watch` lets an agent's page in. rrweb's recorder has to begin after somebody listens. */
export async function shareAndSeat(ground, { arm, host, visitor }) {
  if (isOurs(arm)) return shareOurs(ground, visitor);
  const url = `ws://live.localhost:${ground.raw.hello.port}/${host}-${Math.random()}`;
  const share = () => visitor.evaluate((given) => window.share(given), { url });
  const isJoined = arm === 'joined';
  if (isJoined) await share();
  return {
    watch: async (agent) => {
      await agent.evaluate((given) => window.watch(given), { url });
      if (!isJoined) await share();
    },
    given: { url },
    end: async () => undefined,
  };
}

async function shareOurs({ relay }, visitor) {
  const { engagementId, visitorPass, agentIds, agentPasses } = await relay.ask({ open: 1 });
  const url = `ws://live.localhost:${relay.hello.port}/frames`;
  const [agentId] = agentIds;
  await visitor.evaluate((given) => window.share(given), { engagementId, agentId, url, pass: visitorPass });
  const given = { engagementId, url, pass: agentPasses[0] };
  return {
    given,
    watch: (agent) => agent.evaluate((seat) => window.watch(seat), given),
    end: () => relay.ask({ close: engagementId }),
  };
}

export function frameOf(agent, arm) {
  if (!isOurs(arm)) return agent.mainFrame();
  const frame = agent.frames().find((each) => each.url().startsWith('http://replay.'));
  if (frame === undefined) throw new Error('the replay is not there');
  return frame;
}

async function leave(visitor, agent, end) {
  await visitor.close();
  await agent?.close();
  await end();
}
