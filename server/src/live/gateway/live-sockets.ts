/** The typed namespaces, named once. */

import type { AgentCommands, AgentFacts, VisitorCommands, VisitorFacts } from '@alongside/protocol';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { AgentIdentity, Session, VisitorIdentity } from '../tickets/session.js';

export interface SocketData<I extends VisitorIdentity | AgentIdentity> {
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
