/** Two tabs of one visitor: the one that came to the front last shows itself, the other says so, the agent sees both. */

import { setTimeout as last } from 'node:timers/promises';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { VisitorPage } from './visitor/visitor-page.js';

test('the tab in front shows itself, and the other takes over when it comes to the front', async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Mira of two tabs' });
  await share({ agent, visitor });
  await agent.replay.expectText('Alder');
  const watched = (page: VisitorPage) => page.host.locator('.banner[data-state="watched"]');
  const elsewhere = (page: VisitorPage) => page.host.locator('.banner[data-state="otherTab"]');
  await expect(watched(visitor)).toBeVisible();

  await expect(agent.tabs).toHaveCount(0);
  const second = new VisitorPage(await visitor.page.context().newPage());
  await second.page.goto(`${service.origins.shop}/products/rowan`);
  await expect(second.text(/sees this tab now/).first()).toBeVisible();
  await agent.replay.expectText('Rowan');
  await expect(watched(second)).toBeVisible();
  await expect(elsewhere(visitor)).toBeVisible();
  // Titles and paths are masked: only that there are two is told, and which of them is seen.
  await expect(agent.tabs).toHaveText(['Tab 1', `Tab 2${t('tabs.inFront')}`]);

  // A page that says of itself that it may be shown says what it is called.
  await visitor.page.evaluate(() => document.documentElement.setAttribute('data-alongside', 'allow'));
  await visitor.page.bringToFront();
  await visitor.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await agent.replay.expectText('Alder');
  await expect(watched(visitor)).toBeVisible();
  await expect(elsewhere(second)).toBeVisible();
  await expect(agent.tabs.first()).toHaveText(new RegExp(`^Alder.*${t('tabs.inFront')}$`));
  await expect(agent.tabs.nth(1)).toHaveText('Tab 2');
  await expect(agent.tabs.first().locator('[title]')).toHaveAttribute('title', '/products/alder');

  await test.step('the network is away for five seconds, and what was missed comes after', async () => {
    const quantity = () => agent.replay.value('input[type="number"]');
    await visitor.page.context().setOffline(true);
    await visitor.page.getByLabel('Quantity').fill('4');
    await last(5_000);
    expect(await quantity(), 'nothing came through').not.toBe('4');
    await visitor.page.context().setOffline(false);
    await expect.poll(quantity).toBe('4');
    await agent.expectPlayer('live');
  });

  await second.stopSharing();
  await expect(watched(visitor)).toBeHidden();
  await expect(elsewhere(second)).toBeHidden();
});
