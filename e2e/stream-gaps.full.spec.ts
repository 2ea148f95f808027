/** A line that is dead for long during a view, pages back and forth, and another site. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from '@playwright/test';
import type { WorkerFixtures } from './fixtures.js';
import { expect } from './fixtures.js';
import { expectInStep, loseFor, loseUntilEnded, viewOverLine } from './journey/gaps.js';

const gaps = test.extend<object, Pick<WorkerFixtures, 'serviceEnv' | 'mediaWorkerBin'>>({
  serviceEnv: [{}, { option: true, scope: 'worker' }],
  mediaWorkerBin: [undefined, { option: true, scope: 'worker' }],
});
gaps.describe.configure({ timeout: 300_000 });

gaps('a view goes on after 30 s without a network', async ({ browser, serviceEnv, mediaWorkerBin }) => {
  const viewing = await viewOverLine(browser, { env: serviceEnv, mediaWorkerBin });
  try {
    await expectInStep(viewing, '2');
    await loseFor(viewing, 30_000, '3');
    await expectInStep(viewing, '4');
  } finally {
    await viewing.end();
  }
});

gaps(
  'after 120 s without a network the yes has ended, and the conversation goes on with another one',
  async ({ browser, serviceEnv, mediaWorkerBin }) => {
    const viewing = await viewOverLine(browser, { env: serviceEnv, mediaWorkerBin });
    const { visitor, agent } = viewing;
    try {
      await expectInStep(viewing, '2');
      await loseUntilEnded(viewing, 120_000);
      await expect(visitor.host.locator('.banner')).toBeHidden({ timeout: 40_000 });
      await agent.askToSee();
      await visitor.agreeToShow();
      await agent.expectPlayer('live');
      await expectInStep(viewing, '4');
    } finally {
      await viewing.end();
    }
  },
);

gaps(
  'a view goes on through pages back and forth, and shows nothing of other sites',
  async ({ browser, serviceEnv, mediaWorkerBin }) => {
    const elsewhere = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Of somebody else</h1>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const viewing = await viewOverLine(browser, { env: serviceEnv, mediaWorkerBin });
    const { visitor, agent, service } = viewing;
    const { page } = visitor;
    try {
      await expectInStep(viewing, '2');
      await gaps.step('a page loaded anew, and pages back and forth', async () => {
        await page.reload();
        await agent.expectPlayer('live');
        await expectInStep(viewing, '5');
        await page.goto(`${service.origins.shop}/products/rowan`);
        await agent.replay.expectText('Rowan');
        await page.goBack();
        await agent.replay.expectText('Alder');
        await page.goForward();
        await agent.replay.expectText('Rowan');
        await agent.expectPlayer('live');
      });
      await gaps.step('the site of somebody else and back', async () => {
        const { port } = elsewhere.address() as AddressInfo;
        await page.goto(`http://elsewhere.localhost:${port}/`);
        await expect(agent.playerState).not.toHaveAttribute('data-state', 'live');
        expect(await agent.replay.text(), 'nothing of the other site is seen').not.toContain('somebody else');
        await page.goto(`${service.origins.shop}/products/alder`);
        await agent.replay.expectText('Alder');
        await expectInStep(viewing, '6');
      });
    } finally {
      await viewing.end();
      elsewhere.closeAllConnections();
      elsewhere.close();
    }
  },
);
