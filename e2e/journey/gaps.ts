/** What interrupts a view: each time the agent is told that what is shown may be old, and then sees what is. */

import { setTimeout as last } from 'node:timers/promises';
import type { Browser, CDPSession } from '@playwright/test';
import type { AgentPage } from '../agent/agent-page.js';
import { t } from '../agent/console-words.js';
import { expect, People } from '../fixtures.js';
import { firstAgent, readDemoSignIns } from '../service/demo-sign-ins.js';
import { FaultyLine } from '../service/faulty-line.js';
import { findFreePorts } from '../service/free-ports.js';
import type { ServiceOptions } from '../service/service.js';
import { Service } from '../service/service.js';
import type { VisitorPage } from '../visitor/visitor-page.js';
import { meet, share } from './meet.js';

export interface Viewing {
  readonly service: Service;
  readonly line: FaultyLine;
  readonly people: People;
  readonly visitor: VisitorPage;
  readonly agent: AgentPage;
}

/** A view that runs over a line that can be lost. */
export async function viewOverLine(
  browser: Browser,
  start: Pick<ServiceOptions, 'env' | 'mediaWorkerBin'>,
): Promise<Viewing & { end(): Promise<void> }> {
  const [linePort = 0, livePort = 0] = await findFreePorts(2);
  const line = await FaultyLine.open(linePort, livePort);
  const liveUrl = `http://live.localhost:${linePort}`;
  const service = await Service.start({ ...start, demo: true, livePort, liveUrl });
  const people = new People(browser, service);
  const signIn = firstAgent(await readDemoSignIns(service.dataDir));
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Gap' });
  await share({ agent, visitor });
  await agent.expectPlayer('live');
  return {
    service,
    line,
    people,
    visitor,
    agent,
    end: async () => {
      await people.leave();
      await service.stop();
      line.close();
    },
  };
}

/** What the visitor enters now is seen by the agent, who is told that it is new. */
export async function expectInStep({ visitor, agent }: Viewing, quantity: string): Promise<void> {
  await visitor.page.getByLabel('Quantity').fill(quantity);
  await expect
    .poll(() => agent.replay.value('input[type="number"]'), {
      timeout: 40_000,
      message: 'the agent sees what is entered',
    })
    .toBe(quantity);
  await agent.expectPlayer('live');
}

/** Nothing comes through for so long, and no side is told. */
export async function loseFor(viewing: Viewing, lostMs: number, quantity: string): Promise<void> {
  const { line, service, visitor, agent } = viewing;
  const lostAtMs = performance.now();
  line.lose(service.origins.shop);
  await visitor.page.getByLabel('Quantity').fill(quantity);
  if (lostMs > 6_000)
    await expect(agent.playerState).not.toHaveAttribute('data-state', 'live', { timeout: 15_000 });
  const before = await agent.replay.value('input[type="number"]');
  await last(Math.max(0, lostMs - (performance.now() - lostAtMs)));
  expect(before, 'it was lost').not.toBe(quantity);
  line.find(service.origins.shop);
  await expect
    .poll(() => agent.replay.value('input[type="number"]'), {
      timeout: 40_000,
      message: 'what was missed comes',
    })
    .toBe(quantity);
  await agent.expectPlayer('live');
}

/** Nothing comes through for longer than a yes is kept for somebody who is away: the agent sees nothing any more. */
export async function loseUntilEnded(viewing: Viewing, lostMs: number): Promise<void> {
  const { line, service, agent } = viewing;
  const lostAtMs = performance.now();
  line.lose(service.origins.shop);
  await expect(agent.playerState).not.toHaveAttribute('data-state', 'live', { timeout: 15_000 });
  const notShared = agent.page.getByRole('heading', { name: t('player.notShared') });
  await expect(notShared).toBeVisible({ timeout: 90_000 });
  await last(Math.max(0, lostMs - (performance.now() - lostAtMs)));
  line.find(service.origins.shop);
}

/** The page is stopped in the middle of what it does, as by a lid that is closed, until the agent is told. */
export async function sleepUntilDoubted({ visitor, agent }: Viewing): Promise<void> {
  const session: CDPSession = await visitor.page.context().newCDPSession(visitor.page);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  // Whether the silence of the stream or that of the visitor's session is noticed first is chance.
  await expect(agent.playerState, 'nothing comes from a page that sleeps').toHaveAttribute(
    'data-state',
    /^(?:catchingUp|paused)$/,
    { timeout: 20_000 },
  );
  await session.send('Debugger.disable');
  await session.detach();
  await agent.expectPlayer('live');
}
