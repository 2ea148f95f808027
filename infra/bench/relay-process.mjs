/**
 * The relay as it runs in `live`: the built frames endpoint on an HTTP server, with the rules' own answer to every
 * frame. Told over IPC which engagements there are; tells how much CPU this process has used.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { fromLedger, mayPublish, mayWatch } from '@alongside/engagement';
import { EngagementDirectory } from '../../server/dist/live/engagement/engagement-directory.js';
import { attachFrames } from '../../server/dist/live/frames/attach-frames.js';
import { heldMemory } from './held-memory.mjs';

const directory = new EngagementDirectory();
const seats = new Map();
const publishes = (id) => {
  const engagement = directory.get(id);
  return engagement !== undefined && mayPublish(engagement);
};
const silent = () => undefined;

const endpoint = attachFrames({
  gate: {
    mayPublish: publishes,
    mayWatch: (id, agentId) => {
      const engagement = directory.get(id);
      return engagement !== undefined && mayWatch(engagement, agentId);
    },
    // Nobody acts but where the way of a mark is measured.
    mayAct: () => true,
    acted: silent,
  },
  attendance: { came: silent, went: silent },
  redeem: (pass) => {
    const seat = seats.get(pass);
    seats.delete(pass);
    return seat;
  },
  networkOf: () => '127.0.0.0/24',
  clock: { now: () => Date.now() },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
});

function open(agents) {
  const now = Date.now();
  const engagementId = randomUUID();
  const agentIds = Array.from({ length: agents }, () => randomUUID());
  const { engagement } = fromLedger(
    {
      ...{ engagementId, tenantId: randomUUID(), siteId: randomUUID(), siteName: 'Bench', language: 'en' },
      ...{ version: 1, phase: 'active', requestedAt: now, lastChatNumber: 0, lastLease: 0 },
      agent: { agentId: agentIds[0], displayName: 'Bench' },
      joined: agentIds
        .slice(1)
        .map((agentId) => ({ agentId, displayName: 'Bench', role: 'agent', joinedAt: now })),
      consents: [{ scope: 'view', entry: 1, grantedAt: now }],
    },
    { now, lostAt: now },
  );
  // The visitor's page has said that all of them are there.
  const joined = engagement.joined.map((seat) => ({ ...seat, noticed: true }));
  directory.set({ ...engagement, joined });
  const visitorPass = pass({ role: 'visitor', engagementId, sessionId: 'page' });
  const agentPasses = agentIds.map((agentId) =>
    pass({ role: 'agent', engagementId, sessionId: agentId, agentId }),
  );
  return { engagementId, visitorPass, agentIds, agentPasses };
}

function pass(seat) {
  const secret = randomBytes(32).toString('base64url');
  seats.set(secret, seat);
  return secret;
}

function close(engagementId) {
  endpoint.closed(engagementId);
  directory.delete(engagementId);
}

const http = createServer();
http.on('upgrade', (request, socket, head) => endpoint.upgrade(request, socket, head));
http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }));
process.on('message', ({ id, open: agents, close: engagementId, memory }) => {
  const made = agents === undefined ? {} : open(agents);
  if (engagementId !== undefined) close(engagementId);
  process.send({ id, cpu: process.cpuUsage(), ...made, ...(memory === true ? heldMemory() : {}) });
});
process.on('disconnect', () => process.exit(0));
