/** Who may connect: a ticket opens a connection once, a resume pass brings it back. */

import type { Clock } from '@alongside/engagement';
import { agentsOf, fromLedger, reconcile } from '@alongside/engagement';
import type {
  AgentId,
  AgentTicket,
  EngagementLedger,
  ExpertTicket,
  Refusal,
  Reply,
  VisitorTicket,
} from '@alongside/protocol';
import { accept, compareVersions, Handshake, refuse } from '@alongside/protocol';
import { safeParse } from 'valibot';
import type { EngagementDirectory } from '../engagement/engagement-directory.js';
import type { EngagementRunner } from '../engagement/engagement-runner.js';
import { randomSecret } from '../tickets/random-secret.js';
import type { ResumePasses } from '../tickets/resume-passes.js';
import type { Identity, Session } from '../tickets/session.js';
import type { TicketVerifier } from '../tickets/ticket-verifier.js';

export interface AdmissionDeps {
  readonly tickets: TicketVerifier;
  readonly passes: ResumePasses;
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
  readonly clock: Clock;
  /** When this node's engagements of before were lost. */
  lostAt(): number;
  isAgentConnected(agentId: AgentId): boolean;
}

type Role = Identity['role'];
type SessionOf<R extends Role> = Session<Extract<Identity, { readonly role: R }>>;

/** A refused connection: socket.io hands `data` to the client's `connect_error`. */
export class NotAdmitted extends Error {
  readonly data: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.data = refusal;
  }
}

export class Admission {
  readonly #deps: AdmissionDeps;

  constructor(deps: AdmissionDeps) {
    this.#deps = deps;
  }

  admit<R extends Role>(role: R, auth: unknown, origin: string | undefined): Reply<SessionOf<R>> {
    const parsed = safeParse(Handshake, auth);
    if (!parsed.success) return refuse('malformed', 'auth');
    const handshake = parsed.output;
    const versions = compareVersions(handshake.protocol);
    if (versions !== 'same') return refuse(versions);
    const admitted =
      'pass' in handshake
        ? this.#byPass(role, handshake.pass, origin)
        : this.#byTicket(role, handshake.ticket, origin);
    // The role was compared with the session's; the compiler cannot follow that through the generic.
    return admitted as Reply<SessionOf<R>>;
  }

  #byPass(role: Role, pass: string, origin: string | undefined): Reply<Session> {
    const session = this.#deps.passes.redeem(pass, role, origin);
    if (session === undefined) return refuse('passUnknown');
    const { identity } = session;
    const known = identity.role === 'agent' || this.#deps.directory.get(identity.engagementId) !== undefined;
    return known ? accept(session) : refuse('passUnknown');
  }

  #byTicket(role: Role, token: string, origin: string | undefined): Reply<Session> {
    const redeemed = this.#deps.tickets.redeem(token, origin);
    if (!redeemed.ok) return redeemed;
    const ticket = redeemed.value;
    if (ticket.role !== role) return refuse('notAdmitted');
    switch (ticket.role) {
      case 'visitor':
        return this.#visitor(ticket);
      case 'agent':
        return this.#agent(ticket);
      case 'expert':
        return this.#expert(ticket);
    }
  }

  #visitor(ticket: VisitorTicket): Reply<Session> {
    const { tenantId, origin, engagement: ledger } = ticket;
    if (ledger.tenantId !== tenantId) return refuse('notAdmitted');
    this.#synchronise(ledger);
    const phase = this.#deps.directory.get(ledger.engagementId)?.phase;
    if (phase === 'wrapUp' || phase === 'closed') return refuse('expired');
    const identity = { role: 'visitor', tenantId, engagementId: ledger.engagementId } as const;
    return accept({ sessionId: randomSecret(), origin, identity });
  }

  #agent(ticket: AgentTicket): Reply<Session> {
    const { tenantId, origin, agentId, displayName, siteIds, readableSiteIds, engagements } = ticket;
    if (engagements.some((ledger) => ledger.tenantId !== tenantId)) return refuse('notAdmitted');
    for (const ledger of engagements) this.#synchronise(ledger);
    const { joinsAs = ['agent'] } = ticket;
    const agent = { agentId, displayName, siteIds, readableSiteIds, joinsAs };
    const identity = { role: 'agent', tenantId, ...agent } as const;
    return accept({ sessionId: randomSecret(), origin, identity });
  }

  /** Nothing is taken from their ticket but who they are: what is not in memory has no call. */
  #expert({ tenantId, origin, engagementId, callId, expertId, ...rest }: ExpertTicket): Reply<Session> {
    const engagement = this.#deps.directory.get(engagementId);
    const call = engagement?.phase === 'active' ? engagement.call : undefined;
    if (engagement?.tenantId !== tenantId || call?.state !== 'on' || call.callId !== callId)
      return refuse('expired', 'callEnded');
    const { displayName, organisation } = rest;
    const expert = { agentId: expertId, callId, displayName, organisation };
    const identity = { role: 'expert', tenantId, engagementId, ...expert } as const;
    return accept({ sessionId: randomSecret(), origin, identity });
  }

  /** Takes over what the ledger holds; what is in memory stands unless the ledger is newer. */
  #synchronise(ledger: EngagementLedger): void {
    const { directory, runner, clock } = this.#deps;
    const now = clock.now();
    const current = directory.get(ledger.engagementId);
    const { engagement, reports } =
      current === undefined
        ? fromLedger(ledger, { now, lostAt: this.#deps.lostAt() })
        : reconcile(current, ledger, now);
    runner.adopt(engagement, reports);
    if (engagement === current) return;
    for (const { agentId } of agentsOf(engagement)) {
      if (!this.#deps.isAgentConnected(agentId)) continue;
      runner.runNow(ledger.engagementId, { type: 'agentReturned', agentId });
    }
  }
}
