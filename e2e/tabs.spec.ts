/** Two tabs of one visitor: the one that came to the front last shows itself, the other says so. */

import { expect, test } from './fixtures.js';
import { VisitorPage } from './visitor/visitor-page.js';

test('the tab in front shows itself, and the other takes over when it comes to the front', async ({
  people,
  service,
  signIns,
}) => {
  const [signIn] = signIns.agents;
  if (signIn === undefined) throw new Error('The demo customer has an agent.');
  const agent = await people.agent(signIn);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name: 'Mira of two tabs' });
  await agent.accept('Mira of two tabs');
  await agent.askToSee();
  await visitor.agreeToShow();
  await agent.replay.expectText('Alder');
  const watched = (page: VisitorPage) => page.host.locator('.banner[data-state="watched"]');
  const elsewhere = (page: VisitorPage) => page.host.locator('.banner[data-state="otherTab"]');
  await expect(watched(visitor)).toBeVisible();

  const second = new VisitorPage(await visitor.page.context().newPage());
  await second.page.goto(`${service.origins.shop}/products/rowan`);
  await agent.replay.expectText('Rowan');
  await expect(watched(second)).toBeVisible();
  await expect(elsewhere(visitor)).toBeVisible();

  await visitor.page.bringToFront();
  await visitor.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await agent.replay.expectText('Alder');
  await expect(watched(visitor)).toBeVisible();
  await expect(elsewhere(second)).toBeVisible();

  await second.stopSharing();
  await expect(watched(visitor)).toBeHidden();
  await expect(elsewhere(second)).toBeHidden();
});
