/** Builds `live` from top to bottom: the reading order is the order of dependence. */

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { callIdOf, callRoleOf, engagementView } from '@alongside/engagement';
import type { EngagementId, RefusalCode } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { Server, type Socket } from 'socket.io';
import { noRelays } from './call-relays.js';
import type { MemberSession } from './call-rooms.js';
import { Desk } from './desk/desk.js';
import { LocalDeskShare } from './desk/desk-share.js';
import { CallSamples } from './engagement/call-samples.js';
import { ChatLines } from './engagement/chat-lines.js';
import { ChatTyping } from './engagement/chat-typing.js';
import { EngagementDirectory } from './engagement/engagement-directory.js';
import { EngagementRunner } from './engagement/engagement-runner.js';
import { LiveFrameGate } from './engagement/frame-gate.js';
import { MoveEffects } from './engagement/move-effects.js';
import { OpenOffers } from './engagement/open-offers.js';
import { applyRevocation } from './engagement/revocations.js';
import { Sweeper } from './engagement/sweeper.js';
import { WrapUpKeeper } from './engagement/wrap-up-keeper.js';
import { FRAMES_PATH } from './frames-endpoint.js';
import { Admission, NotAdmitted } from './gateway/admission.js';
import { AgentGateway } from './gateway/agent-gateway.js';
import { Announcer } from './gateway/announcer.js';
import { clientAddressBehind } from './gateway/client-address.js';
import { truncatedAddress } from './gateway/client-software.js';
import { OneVoice } from './gateway/commands/one-voice.js';
import { DoorKeeper, usualDoorLimits } from './gateway/door-keeper.js';
import { ExpertGateway } from './gateway/expert-gateway.js';
import { HttpDoor, secureHeaders } from './gateway/http-door.js';
import { requireInMemoryAdapter } from './gateway/in-memory-adapter.js';
import type { AgentNamespace, ExpertNamespace, VisitorNamespace } from './gateway/live-sockets.js';
import { endWhenUnread } from './gateway/unread-lines.js';
import { VisitorGateway } from './gateway/visitor-gateway.js';
import { JournalClient } from './journal/journal-client.js';
import { LiveCounts } from './live-counts.js';
import type { Live, LiveOptions, LiveStatusReport } from './live-options.js';
import { FramePasses } from './tickets/frame-passes.js';
import { ResumePasses } from './tickets/resume-passes.js';
import { rosterOf } from './tickets/roster.js';
import { TicketVerifier } from './tickets/ticket-verifier.js';

const SWEEP_MS = 200;
/** What a socket that is held back reads in the answer to its upgrade. */
const TOO_FAST: RefusalCode = 'tooFast';
/** A client that is gone is noticed within nine seconds. */
const PING_INTERVAL_MS = 5000;
const PING_TIMEOUT_MS = 4000;

export function createLive(options: LiveOptions): Live {
  const { clock, steadyClock, logger, calls, nodeId, relays = noRelays } = options;
  const startNumber = randomBytes(8).toString('hex');
  const startedAt = clock.now();
  let lostAt: number | undefined;
  let port: number | undefined;
  let closing: Promise<void> | undefined;
  const publicUrl = () => withPort(options.publicUrl, port);

  const counts = new LiveCounts();
  const tickets = new TicketVerifier(`${nodeId}:${startNumber}`, clock);
  const passes = new ResumePasses(steadyClock);
  const framePasses = new FramePasses(steadyClock);
  const directory = new EngagementDirectory();

  const journal: JournalClient = new JournalClient({
    ...options.journal,
    hello: () => ({ nodeId, startNumber, liveUrl: publicUrl(), sharesDesk: options.deskShare !== undefined }),
    roster: () => rosterOf(passes, directory),
    logger,
    listener: {
      connected: (hello) => {
        tickets.connected(hello);
        lostAt ??= hello.lostAt ?? startedAt;
      },
      revoked: (revocation) => applyRevocation(revocations, revocation),
      storageChanged: () => announcer.statusChanged(status()),
      committed: ({ engagementId }, { version }) => runner.noticeVersion(engagementId, version),
      notAlone: (other) => {
        logger.error('live:notAlone', { nodeId, other });
        options.onNotAlone?.(other);
      },
    },
  });
  const runner: EngagementRunner = new EngagementRunner({
    directory,
    journal,
    clock,
    onMoved: (move) => effects.moved(move),
  });
  const gate = new LiveFrameGate({
    directory,
    clock,
    report: (engagementId, draft) => runner.report(engagementId, draft),
  });
  const addressOf = clientAddressBehind(options.trustedProxies ?? []);
  const networkOf = ({ socket, headers }: IncomingMessage) =>
    truncatedAddress(addressOf(socket.remoteAddress, headers));
  const frames = options.frames({
    gate,
    attendance: gate,
    redeem: (pass, origin) => framePasses.redeem(pass, origin),
    networkOf,
    steadyClock,
    logger,
  });

  const http = new HttpDoor({
    allowedHosts: options.allowedHosts,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    publicUrl,
    health: () => ({ status: 'up', limits: options.limitsInForce(), ...status() }),
    frames: (request, socket, head) => frames.upgrade(request, socket, head),
  });
  const doorLimits = options.doorLimits ?? usualDoorLimits;
  const door = new DoorKeeper(doorLimits, networkOf);
  const io = new Server(http.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: limits.signalBytes,
    perMessageDeflate: false,
    destroyUpgrade: false,
    connectTimeout: doorLimits.admissionMs,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    allowRequest: (request, decide) => {
      if (!http.owns(request)) return decide(null, false);
      void door.mayOpen(request).then((may) => {
        if (!may) counts.add('heldBack');
        decide(may ? null : TOO_FAST, may);
      });
    },
  });
  const watchUnread = endWhenUnread(() => counts.add('endedUnread'));
  io.engine.on('connection', (line: Socket['conn']) => {
    watchUnread(line);
    door.opened(line);
  });
  io.engine.use(secureHeaders);
  // The default namespace is nobody's; who stays in none is cut by `connectTimeout`.
  io.use((_socket, next) => next(new NotAdmitted({ code: 'notAdmitted' })));
  const visitorNamespace: VisitorNamespace = io.of('/visitor');
  const agentNamespace: AgentNamespace = io.of('/agent');
  const expertNamespace: ExpertNamespace = io.of('/expert');
  const namespaces = { visitors: visitorNamespace, agents: agentNamespace, experts: expertNamespace };
  requireInMemoryAdapter([io.of('/'), ...Object.values(namespaces)]);
  const announcer = new Announcer({ ...namespaces, directory });

  const desk = new Desk({
    directory,
    clock: steadyClock,
    share: options.deskShare ?? new LocalDeskShare(),
    onChanged: (tenantId) => {
      for (const identity of agents.connected(tenantId)) {
        announcer.deskChanged(identity.agentId, desk.viewFor(identity));
      }
      tellRecords();
    },
  });
  const chat = new ChatLines({
    directory,
    runner,
    journal,
    say: (engagementId, line, except) => announcer.lineSaid(engagementId, line, except),
    delayed: (engagementId, delayed) => announcer.lineDelayed(engagementId, delayed),
  });
  const typing = new ChatTyping(steadyClock);
  const samples = new CallSamples(steadyClock);
  const offers = new OpenOffers();
  const framesUrl = () => `${publicUrl().replace(/^http/, 'ws')}${FRAMES_PATH}`;
  const commands = {
    ...{
      directory,
      runner,
      chat,
      typing,
      desk,
      calls,
      relays,
      voices: new OneVoice(directory),
      framePasses,
      announcer,
      samples,
      offers,
      clock,
    },
    framesUrl,
  };
  const admission = new Admission({
    ...{ tickets, passes, directory, runner, clock },
    lostAt: () => lostAt ?? startedAt,
    isAgentConnected: (agentId) => agents.isConnected(agentId),
  });
  const gatewayDeps = {
    ...{ admission, passes, directory, runner, commands, counts, logger, clock },
    ...{ addressOf, door },
    status: () => status(),
    isClosing: () => closing !== undefined,
  };
  const visitors = new VisitorGateway(visitorNamespace, gatewayDeps);
  const agents = new AgentGateway(agentNamespace, gatewayDeps);
  const experts = new ExpertGateway(expertNamespace, gatewayDeps);

  const forget = (engagementId: Parameters<typeof runner.forget>[0]) => {
    runner.forget(engagementId);
    chat.forget(engagementId);
    typing.forget(engagementId);
    samples.forget(engagementId);
    offers.forget(engagementId);
  };
  const effects = new MoveEffects({
    ...{ frames, gate, framePasses, calls, announcer, desk },
    endVisitor: (engagement) => {
      const { engagementId } = engagement;
      // Nobody can take them any more, however long the agent still writes it up.
      offers.forget(engagementId);
      visitors.end(
        engagementId,
        ('ended' in engagement ? engagement.ended?.reason : undefined) ?? 'agentEnded',
      );
    },
    endExpert: (expertId, reason) => experts.end(expertId, reason),
    // Whoever caused it is still being answered in this turn.
    closed: (engagementId) => setImmediate(() => forget(engagementId)),
  });
  const revocations = { directory, runner, frames, framePasses, tickets, desk, agents, experts, announcer };
  const wrapUps = new WrapUpKeeper({ directory, clock, forget });
  const sweeper = new Sweeper({
    ...{ directory, runner, logger, clock },
    everyMs: options.sweepMs ?? SWEEP_MS,
    also: () => {
      tickets.sweep();
      framePasses.sweep();
      desk.sweep();
      wrapUps.sweep();
      visitors.rotate();
      agents.rotate();
      experts.rotate();
      leaveCalls();
      calls.sweep(steadyClock.now());
    },
  });

  /** Sessions whose pass has run out will not come back to their call. */
  function leaveCalls(): void {
    for (const { sessionId, identity } of passes.sweep()) {
      const theirs =
        identity.role === 'agent'
          ? directory.ofAgent(identity.agentId)
          : [directory.get(identity.engagementId)];
      for (const engagement of theirs) {
        const callId = engagement && callIdOf(engagement);
        if (engagement === undefined || callId === undefined) continue;
        const { engagementId } = engagement;
        const member = identity.role === 'visitor' ? identity.role : identity.agentId;
        calls.leave({ engagementId, callId, member, sessionId });
        // An expert has no seat but the one in the call.
        if (identity.role === 'expert')
          runner.runNow(engagementId, { type: 'leaveCall', agentId: identity.agentId });
      }
    }
  }

  function status() {
    return { calls: calls.availability(), storage: journal.storage };
  }

  function socketOf(
    engagementId: EngagementId,
    { member, sessionId }: MemberSession,
  ): { emit(event: 'call:lost', fact: { readonly engagementId: EngagementId }): unknown } | undefined {
    if (member === 'visitor') return visitors.socketOf(engagementId, sessionId);
    return agents.socketOf(member, sessionId) ?? experts.socketOf(member, sessionId);
  }

  let told = '';
  function tellRecords(): void {
    const now = { calls: calls.availability(), staffedSites: desk.staffedSites() };
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    journal.tell(now);
  }

  calls.listen({
    availabilityChanged: () => {
      announcer.statusChanged(status());
      tellRecords();
    },
    roleOf: (engagementId, member) => {
      const engagement = directory.get(engagementId);
      return engagement === undefined ? 'absent' : callRoleOf(member, engagementView(engagement));
    },
    isHere: (engagementId, session) => socketOf(engagementId, session) !== undefined,
    // Which asks to be let in again, and hears that it is not.
    replaced: (engagementId, session) => {
      socketOf(engagementId, session)?.emit('call:lost', { engagementId });
    },
    deserted: (engagementId, member, isGone) => announcer.callDeserted(engagementId, member, isGone),
    flooded: (engagementId, member) => announcer.callFlooded(engagementId, member),
    offered: (engagementId, to, producer) => announcer.offered(engagementId, to, producer),
    withheld: (engagementId, from, producerId) => announcer.withheld(engagementId, from, producerId),
    produced: (engagementId, producer, offers) => announcer.produced(engagementId, producer, offers),
    producerChanged: (engagementId, producer) => announcer.producerChanged(engagementId, producer),
    producerClosed: (engagementId, producerId) => announcer.producerClosed(engagementId, producerId),
    lost: (engagementId) => announcer.callLost(engagementId),
  });

  // Whose call hangs on a relay looks for it anew, or tells that there is none.
  relays.listen(() => announcer.statusChanged(status()));

  async function close(): Promise<void> {
    sweeper.close();
    announcer.shuttingDown();
    await new Promise((resolve) => setImmediate(resolve));
    await frames.close();
    await io.close();
    await calls.close();
    await (options.deskShare?.close() ?? Promise.resolve());
    await journal.close();
    logger.info('live:closed');
  }

  return {
    async listen() {
      port = await http.listen(options.listen);
      tellRecords();
      journal.open();
      sweeper.start();
      logger.info('live:listening', { port, nodeId });
      return port;
    },
    findRecords: (journalUrl) => journal.open(journalUrl),
    status: (): LiveStatusReport => ({
      ...{ nodeId, port, ...status() },
      engagements: directory.size,
      visitors: visitors.size,
      agents: agents.size,
      experts: experts.size,
      pendingEntries: journal.waiting,
      counts: { ...counts.all(), ...prefixed('frames', frames.counts()) },
    }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function withPort(url: string, port: number | undefined): string {
  const parsed = new URL(url);
  if (parsed.port === '0' && port !== undefined) parsed.port = String(port);
  return parsed.origin;
}

function prefixed(prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${prefix}.${name}`, count]));
}
