/** Pages that the browser keeps whole while the visitor is elsewhere: they are seen again as they were, unasked. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { t } from './agent/console-words.js';
import { expect, People, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { launchWithPageMemory, noteReturns, stepInHistory } from './journey/page-memory.js';
import { firstAgent } from './service/demo-sign-ins.js';

test.describe.configure({ timeout: 200_000 });

test('a page that comes out of the browser’s memory is seen again, and a trip elsewhere is told', async ({
  service,
  signIns,
  people,
}, info) => {
  const signIn = firstAgent(signIns);
  const browser = await launchWithPageMemory(info);
  const visitors = new People(browser, service);
  const elsewhere = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Of somebody else</h1>');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  try {
    const agent = await people.agent(signIn);
    const visitor = await visitors.visitor(`${service.origins.shop}/products/alder`);
    const { page } = visitor;
    const asked = visitor.question(/asks to see this page$/);
    const inStep = async (quantity: string): Promise<void> => {
      await page.getByLabel('Quantity').fill(quantity);
      await expect.poll(() => agent.replay.value('input[type="number"]')).toBe(quantity);
      await agent.expectPlayer('live');
    };
    await meet({ agent, visitor }, { name: 'Back and forth' });
    await share({ agent, visitor });
    await agent.expectPlayer('live');
    await inStep('3');

    await test.step('another page of the site, and back into this one', async () => {
      await noteReturns(page);
      await page.goto(`${service.origins.shop}/products/rowan`);
      await agent.replay.expectText('Rowan');
      await agent.expectPlayer('live');
      await stepInHistory(page, -1);
      await agent.replay.expectText('Alder');
      await expect.poll(() => agent.replay.value('input[type="number"]'), 'as it was left').toBe('3');
      await inStep('4');
      await expect(asked).toBeHidden();
    });

    await test.step('another site, announced, and back into this page', async () => {
      await noteReturns(page);
      await page.evaluate((address) => {
        const link = document.createElement('a');
        Object.assign(link, { href: address, textContent: 'Pay' });
        document.body.append(link);
        link.click();
      }, `http://elsewhere.localhost:${port}/`);
      await expect(page.getByRole('heading', { name: 'Of somebody else' })).toBeVisible();
      await agent.expectPlayer('elsewhere');
      expect(await agent.replay.text(), 'nothing of the other site is seen').not.toContain('somebody else');
      await stepInHistory(page, -1);
      await expect(visitor.text(/^You are back: /).first()).toBeVisible();
      await inStep('5');
      await expect(asked).toBeHidden();
    });

    await test.step('another site for so long that the yes has ended: one press after coming back', async () => {
      await noteReturns(page);
      await page.getByRole('link', { name: 'Pay' }).click();
      await agent.expectPlayer('elsewhere');
      await expect(agent.page.getByText(t('player.elsewhere'))).toBeVisible({ timeout: 80_000 });
      await stepInHistory(page, -1);
      await visitor.agreeToShow();
      await expect(visitor.text(/^You are back: /).first()).toBeVisible();
      await inStep('6');
    });
  } finally {
    await visitors.leave();
    await browser.close();
    elsewhere.closeAllConnections();
    elsewhere.close();
  }
});
