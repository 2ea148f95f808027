/** How most stories begin: somebody asks for help, an agent takes them on, and they show their page. */

import type { AgentPage } from '../agent/agent-page.js';
import type { FirstMessage, VisitorPage } from '../visitor/visitor-page.js';

export interface Meeting {
  readonly agent: AgentPage;
  readonly visitor: VisitorPage;
}

/** They talk; `seenAs` is the name as the agent reads it, where that differs. */
export async function meet(
  { agent, visitor }: Meeting,
  { name, message = 'Hello', seenAs = name }: Partial<FirstMessage> & { name: string; seenAs?: string },
): Promise<void> {
  await agent.becomeAvailable();
  await visitor.openPanel();
  await visitor.start({ message, name });
  await agent.accept(seenAs);
}

/** The agent asks to see the page, and the visitor agrees. */
export async function share({ agent, visitor }: Meeting): Promise<void> {
  await agent.askToSee();
  await visitor.agreeToShow();
}
