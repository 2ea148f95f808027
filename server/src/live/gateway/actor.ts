/** Who acts on which engagement, as found from the connection and never from what a body claims of itself. */

import type { AgentId, EngagementId } from '@alongside/protocol';
import type { AgentIdentity, ExpertIdentity, Session, VisitorIdentity } from '../tickets/session.js';

export interface VisitorActor {
  readonly party: 'visitor';
  readonly session: Session<VisitorIdentity>;
  readonly socketId: string;
  readonly engagementId: EngagementId;
}

export interface AgentActor {
  readonly party: 'agent';
  readonly session: Session<AgentIdentity>;
  readonly socketId: string;
  readonly engagementId: EngagementId;
  readonly agentId: AgentId;
}

/** Somebody in a call beside the agents, and in nothing else. */
export interface ExpertActor {
  readonly party: 'agent';
  readonly session: Session<ExpertIdentity>;
  readonly socketId: string;
  readonly engagementId: EngagementId;
  readonly agentId: AgentId;
}

export type Actor = VisitorActor | AgentActor;

/** An agent at the desk, acting on no engagement. */
export interface DeskActor {
  readonly session: Session<AgentIdentity>;
}
