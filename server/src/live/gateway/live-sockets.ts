/** The typed namespaces, named once. */

import type {
  AgentCommands,
  AgentFacts,
  ExpertCommands,
  ExpertFacts,
  VisitorCommands,
  VisitorFacts,
} from '@alongside/protocol';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type {
  AgentIdentity,
  ExpertIdentity,
  Identity,
  Session,
  VisitorIdentity,
} from '../tickets/session.js';

export interface SocketData<I extends Identity> {
  session: Session<I>;
}

export type VisitorNamespace = Namespace<
  VisitorCommands,
  VisitorFacts,
  DefaultEventsMap,
  SocketData<VisitorIdentity>
>;
export type AgentNamespace = Namespace<
  AgentCommands,
  AgentFacts,
  DefaultEventsMap,
  SocketData<AgentIdentity>
>;
export type VisitorSocket = Socket<
  VisitorCommands,
  VisitorFacts,
  DefaultEventsMap,
  SocketData<VisitorIdentity>
>;
export type AgentSocket = Socket<AgentCommands, AgentFacts, DefaultEventsMap, SocketData<AgentIdentity>>;
export type ExpertNamespace = Namespace<
  ExpertCommands,
  ExpertFacts,
  DefaultEventsMap,
  SocketData<ExpertIdentity>
>;
export type ExpertSocket = Socket<ExpertCommands, ExpertFacts, DefaultEventsMap, SocketData<ExpertIdentity>>;
