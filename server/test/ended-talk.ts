/** A conversation that an agent had with a visitor, who has ended it. */

import { entry, type JournalLine } from './journal-line.js';
import type { Person, Visitor } from './records-customer.js';

export async function endedTalk(line: JournalLine, visitor: Visitor, agent: Person): Promise<Visitor> {
  const engagementId = visitor.engagementId as never;
  await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId as never }));
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
  return visitor;
}
