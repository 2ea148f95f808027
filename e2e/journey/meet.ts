/** How most stories begin: somebody asks for help, an agent takes them on, and they show their page. */

import type { AgentPage } from '../agent/agent-page.js';
import { t } from '../agent/console-words.js';
import type { People } from '../fixtures.js';
import type { DemoSignIns } from '../service/demo-sign-ins.js';
import { firstAgent } from '../service/demo-sign-ins.js';
import type { Service } from '../service/service.js';
import type { FirstMessage, VisitorPage } from '../visitor/visitor-page.js';

export interface Meeting {
  readonly agent: AgentPage;
  readonly visitor: VisitorPage;
}

export interface Place {
  readonly people: People;
  readonly service: Service;
  readonly signIns: DemoSignIns;
}

/** An agent, and somebody in the shop whom they help. */
export async function helped({ people, service, signIns }: Place, name: string): Promise<Meeting> {
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name });
  return { agent, visitor };
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

/** The agent asks for a call, and the visitor agrees. */
export async function talk({ agent, visitor }: Meeting): Promise<void> {
  await agent.button(t('call.askVoice')).click();
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
}
