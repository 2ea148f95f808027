/** Postgres goes away during a view, and in the middle of that the visitor's network: nobody has to do anything. */

import { setTimeout as last } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { t } from '../agent/console-words.js';
import { expect, People } from '../fixtures.js';
import { readDemoSignIns } from '../service/demo-sign-ins.js';
import { FaultyLine } from '../service/faulty-line.js';
import { findFreePorts } from '../service/free-ports.js';
import { OwnPostgres } from '../service/own-postgres.js';
import { SecondCustomer } from '../service/second-customer.js';
import type { ServiceOptions } from '../service/service.js';
import { Service } from '../service/service.js';
import { readAllRows } from '../service/stored-data.js';

export interface Loss {
  readonly browser: Browser;
  readonly start: Pick<ServiceOptions, 'env' | 'mediaWorkerBin'>;
  /** How long the visitor's network is away. */
  readonly networkMs: number;
}

export async function loseDatabaseDuringView({ browser, start, networkMs }: Loss): Promise<void> {
  const postgres = await OwnPostgres.open();
  const [linePort = 0, livePort = 0] = await findFreePorts(2);
  const line = await FaultyLine.open(linePort, livePort);
  const { ownerUrl, appUrl } = postgres;
  const service = await Service.start({
    ...start,
    demo: true,
    database: { ownerUrl, appUrl },
    livePort,
    liveUrl: `http://live.localhost:${linePort}`,
  });
  const people = new People(browser, service);
  const second = await SecondCustomer.open(service.origins);
  try {
    await second.talk();
    await tell({ people, service, line, postgres, networkMs });
    await second.talk();
    people.expectNothingOf(second);
    second.expectNothingForeign();
  } finally {
    second.close();
    await people.leave();
    await service.stop();
    line.close();
    await postgres.close();
  }
}

interface Scene {
  readonly people: People;
  readonly service: Service;
  readonly line: FaultyLine;
  readonly postgres: OwnPostgres;
  readonly networkMs: number;
}

async function tell({ people, service, line, postgres, networkMs }: Scene): Promise<void> {
  const [signIn] = (await readDemoSignIns(service.dataDir)).agents;
  if (signIn === undefined) throw new Error('There is an agent.');
  const { shop } = service.origins;
  const agent = await people.agent(signIn);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name: 'Steady' });
  await agent.accept('Steady');
  await agent.askToSee();
  await visitor.agreeToShow();
  await agent.expectPlayer('live');
  const quantity = visitor.page.getByLabel('Quantity');
  const seen = () => agent.replay.value('input[type="number"]');

  await postgres.stop();
  await quantity.fill('2');
  await expect.poll(seen, 'the view goes on without a database').toBe('2');
  const lines = ['Of the visitor, meanwhile', 'Of the agent, meanwhile'] as const;
  await visitor.say(lines[0]);
  await agent.say(lines[1]);
  await expect(visitor.line(lines[0])).toContainText('Not sent yet', { timeout: 20_000 });
  await expect(agent.line(lines[1])).toContainText(t('chat.waiting'), { timeout: 20_000 });
  await expect(visitor.line(lines[1]), 'nobody sees what is not kept').toHaveCount(0);
  await expect(agent.line(lines[0])).toHaveCount(0);
  await expect(visitor.text('Messages cannot be saved right now.')).toBeVisible();

  line.lose(shop);
  await quantity.fill('3');
  // The length of the fault itself, and not a wait for something to come.
  await last(networkMs);
  expect(await seen(), 'what happens without a network is not seen').toBe('2');
  line.find(shop);
  await expect.poll(seen, { message: 'the view is the page again', timeout: 30_000 }).toBe('3');
  await agent.expectPlayer('live');

  await postgres.startAgain();
  for (const text of lines) {
    await expect(visitor.line(text)).toHaveAttribute('data-number', /\d+/, { timeout: 30_000 });
    await expect(visitor.line(text)).toHaveCount(1);
    await expect(agent.line(text)).toHaveCount(1);
  }
  const rows = await readAllRows(postgres.ownerUrl);
  for (const text of lines) expect(rows.filter((row) => row.includes(text))).toHaveLength(1);
  await expect(visitor.state).toBeHidden();
  await quantity.fill('4');
  await expect.poll(seen).toBe('4');
}
