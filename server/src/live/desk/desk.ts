/** Queue, presence and availability, for each tenant and site on its own. */

import type { Clock, Engagement } from '@alongside/engagement';
import { agentsOf } from '@alongside/engagement';
import type { AgentId, DeskView, QueueEntry, RunningEntry, SiteId, TenantId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { EngagementDirectory } from '../engagement/engagement-directory.js';
import type { AgentIdentity } from '../tickets/session.js';
import type { DeskPart, DeskShare } from './desk-share.js';

interface Present {
  readonly identity: AgentIdentity;
  available: boolean;
  /** Present while no connection is left: a reload keeps the availability. */
  goneAt: number | undefined;
}

export interface DeskDeps {
  readonly directory: EngagementDirectory;
  readonly clock: Clock;
  readonly share: DeskShare;
  /** A tenant's desk has changed; called at most once in a turn of the event loop. */
  onChanged(tenantId: TenantId): void;
}

export class Desk {
  readonly #deps: DeskDeps;
  readonly #agents = new Map<AgentId, Present>();
  readonly #touched = new Set<TenantId>();
  /** This node's part of each tenant's desk, until it changes. */
  readonly #parts = new Map<TenantId, DeskPart>();

  constructor(deps: DeskDeps) {
    this.#deps = deps;
    deps.share.onChanged((tenantId) => this.touch(tenantId));
  }

  arrived(identity: AgentIdentity): void {
    const known = this.#agents.get(identity.agentId);
    this.#agents.set(identity.agentId, {
      identity,
      available: known?.available ?? false,
      goneAt: undefined,
    });
    this.touch(identity.tenantId);
  }

  /** The last connection of the agent is lost. */
  went(agentId: AgentId): void {
    const present = this.#agents.get(agentId);
    if (present === undefined) return;
    present.goneAt = this.#deps.clock.now();
    this.touch(present.identity.tenantId);
  }

  /** The agent is not to come back as it was. */
  removed(agentId: AgentId): void {
    const present = this.#agents.get(agentId);
    this.#agents.delete(agentId);
    if (present !== undefined) this.touch(present.identity.tenantId);
  }

  setAvailable(agentId: AgentId, available: boolean): void {
    const present = this.#agents.get(agentId);
    if (present === undefined || present.available === available) return;
    present.available = available;
    this.touch(present.identity.tenantId);
  }

  isAvailable(agentId: AgentId): boolean {
    return this.#agents.get(agentId)?.available ?? false;
  }

  /** What one agent is shown: the queue of their sites as far as they may read it, and the colleagues who share one. */
  viewFor(identity: AgentIdentity): DeskView {
    const parts = [this.#part(identity.tenantId), ...this.#deps.share.others(identity.tenantId)];
    const sites = new Set<SiteId>(identity.siteIds);
    const readable = new Set<SiteId>(identity.readableSiteIds);
    const queue = parts
      .flatMap((part) => part.queue)
      .filter(({ siteId }) => sites.has(siteId))
      .map(({ siteId, entry }) => (readable.has(siteId) ? entry : withoutWords(entry)))
      .sort((one, other) => one.requestedAt - other.requestedAt);
    const running = parts
      .flatMap((part) => part.running)
      .filter(({ siteId, entry }) => sites.has(siteId) && !takesPart(entry, identity.agentId))
      .map(({ siteId, entry }) => (readable.has(siteId) ? entry : withoutWords(entry)))
      .sort((one, other) => one.requestedAt - other.requestedAt);
    const agents = parts
      .flatMap((part) => part.agents)
      .filter(
        ({ agent, siteIds }) => agent.agentId === identity.agentId || siteIds.some((id) => sites.has(id)),
      )
      .map(({ agent }) => agent);
    return { queue, running, agents };
  }

  /** Whether a connection of the agent stands now. */
  isHere(agentId: AgentId): boolean {
    const present = this.#agents.get(agentId);
    return present !== undefined && present.goneAt === undefined;
  }

  /** May this agent take it: of the same tenant, and of one of their sites. */
  sees(identity: AgentIdentity, engagement: Engagement): boolean {
    return engagement.tenantId === identity.tenantId && identity.siteIds.includes(engagement.siteId);
  }

  /** Sites with an agent who is connected and available. */
  staffedSites(): SiteId[] {
    const sites = new Set<SiteId>();
    for (const { identity, available, goneAt } of this.#agents.values()) {
      if (!available || goneAt !== undefined) continue;
      for (const siteId of identity.siteIds) sites.add(siteId);
    }
    return [...sites].sort();
  }

  /** Says once, after this turn, that the tenant's desk has changed. */
  touch(tenantId: TenantId): void {
    this.#parts.delete(tenantId);
    if (this.#touched.has(tenantId)) return;
    this.#touched.add(tenantId);
    setImmediate(() => {
      this.#touched.delete(tenantId);
      this.#deps.share.publish(tenantId, this.#part(tenantId));
      this.#deps.onChanged(tenantId);
    });
  }

  /** Forgets agents who have been gone for longer than a reload takes. */
  sweep(): void {
    const now = this.#deps.clock.now();
    for (const [agentId, { goneAt }] of this.#agents) {
      if (goneAt !== undefined && now - goneAt >= limits.resumePassMs) this.removed(agentId);
    }
  }

  #part(tenantId: TenantId): DeskPart {
    const known = this.#parts.get(tenantId);
    if (known !== undefined) return known;
    const part = this.#look(tenantId);
    this.#parts.set(tenantId, part);
    return part;
  }

  #look(tenantId: TenantId): DeskPart {
    const queue = this.#deps.directory
      .waitingOf(tenantId)
      .map((engagement) => ({ siteId: engagement.siteId, entry: queueEntry(engagement) }));
    const running = this.#deps.directory
      .runningOf(tenantId)
      .map((engagement) => ({ siteId: engagement.siteId, entry: runningEntry(engagement) }));
    const agents = [...this.#agents.values()]
      .filter(({ identity, goneAt }) => identity.tenantId === tenantId && goneAt === undefined)
      .map(({ identity, available }) => ({
        siteIds: identity.siteIds,
        agent: {
          agentId: identity.agentId,
          displayName: identity.displayName,
          available,
          engagements: this.#deps.directory.countOfAgent(identity.agentId),
        },
      }));
    return { queue, running, agents };
  }
}

function takesPart({ agents }: RunningEntry, agentId: AgentId): boolean {
  return agents.some((each) => each.agentId === agentId);
}

/** To be shown what a visitor wrote is a transfer like any other, and before acceptance nobody else has decided it. */
function withoutWords<Entry extends Pick<QueueEntry, 'topic' | 'visitorName'>>(
  entry: Entry,
): Omit<Entry, 'topic' | 'visitorName'> {
  const { topic: _topic, visitorName: _name, ...rest } = entry;
  return rest;
}

function queueEntry(engagement: Engagement): QueueEntry {
  return { ...listed(engagement), visitorConnected: engagement.visitor.connected };
}

function runningEntry(engagement: Engagement): RunningEntry {
  const agents = agentsOf(engagement).map(({ agentId, displayName }) => ({ agentId, displayName }));
  const calling = engagement.phase === 'active' && engagement.call.state === 'on';
  return { ...listed(engagement), agents, ...(calling ? { calling } : {}) };
}

/** Of an engagement that is waiting or running, for those who do not take part in it. */
function listed(engagement: Engagement): Omit<QueueEntry, 'visitorConnected'> {
  const { engagementId, siteName, requestedAt, topic, visitorName, language, disputed } = engagement;
  const entry = {
    ...{ engagementId, siteName, requestedAt, language },
    ...(topic === undefined ? {} : { topic }),
    ...(visitorName === undefined ? {} : { visitorName }),
  };
  // Of what is said to be wrong nobody else reads anything.
  return disputed ? withoutWords(entry) : entry;
}
