/** Answers the relay from memory, and counts what agents do on a page. */

import { randomUUID } from 'node:crypto';
import type { Clock, EntryDraft } from '@alongside/engagement';
import { mayAct, mayPublish, mayWatch } from '@alongside/engagement';
import type { AgentId, EngagementId, IntentKind } from '@alongside/protocol';
import type { Act, FrameAttendance, FrameGate, FrameSeat } from '../relay/ports.js';
import type { EngagementDirectory } from './engagement-directory.js';

interface Watching {
  readonly watchId: string;
  readonly agentId: AgentId;
  readonly from: number;
  readonly acts: Partial<Record<IntentKind, number>>;
  connections: number;
}

export interface LiveFrameGateDeps {
  readonly directory: EngagementDirectory;
  readonly clock: Clock;
  report(engagementId: EngagementId, draft: EntryDraft): void;
}

export class LiveFrameGate implements FrameGate, FrameAttendance {
  readonly #deps: LiveFrameGateDeps;
  readonly #watching = new Map<EngagementId, Map<AgentId, Watching>>();

  constructor(deps: LiveFrameGateDeps) {
    this.#deps = deps;
  }

  mayPublish(engagementId: EngagementId): boolean {
    const engagement = this.#deps.directory.get(engagementId);
    return engagement !== undefined && mayPublish(engagement);
  }

  mayWatch(engagementId: EngagementId, agentId: AgentId): boolean {
    const engagement = this.#deps.directory.get(engagementId);
    return engagement !== undefined && mayWatch(engagement, agentId);
  }

  mayAct(act: Act): boolean {
    const engagement = this.#deps.directory.get(act.engagementId);
    return engagement !== undefined && mayAct(engagement, act, this.#deps.clock.now());
  }

  acted({ engagementId, agentId, intent }: Act): void {
    const watching = this.#watching.get(engagementId)?.get(agentId);
    if (watching !== undefined) watching.acts[intent] = (watching.acts[intent] ?? 0) + 1;
  }

  came(seat: FrameSeat): void {
    if (seat.role !== 'agent') return;
    const agents = this.#watching.get(seat.engagementId) ?? new Map<AgentId, Watching>();
    this.#watching.set(seat.engagementId, agents);
    const watching = agents.get(seat.agentId);
    if (watching !== undefined) watching.connections += 1;
    else {
      const from = this.#deps.clock.now();
      const { engagementId, agentId } = seat;
      const watchId = randomUUID();
      agents.set(agentId, { watchId, agentId, from, acts: {}, connections: 1 });
      this.#deps.report(engagementId, { type: 'watchStarted', watchId, agentId, from });
    }
  }

  went(seat: FrameSeat): void {
    if (seat.role !== 'agent') return;
    const watching = this.#watching.get(seat.engagementId)?.get(seat.agentId);
    if (watching === undefined) return;
    watching.connections -= 1;
    if (watching.connections > 0) return;
    this.#watching.get(seat.engagementId)?.delete(seat.agentId);
    this.#report(seat.engagementId, watching);
  }

  /** The consent has ended: whoever watched until now is recorded. */
  consentEnded(engagementId: EngagementId): void {
    const agents = this.#watching.get(engagementId);
    this.#watching.delete(engagementId);
    for (const watching of agents?.values() ?? []) this.#report(engagementId, watching);
  }

  #report(engagementId: EngagementId, { watchId, agentId, from, acts }: Watching): void {
    const to = this.#deps.clock.now();
    this.#deps.report(engagementId, { type: 'watched', watchId, agentId, from, to, acts });
  }
}
