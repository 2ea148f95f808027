/** Pages under tight content policies: the panel works there, and the page is seen, with a worker and without. */

import { expect, test } from './fixtures.js';

const pages = [
  ['/strict', 'Strict page'],
  ['/strict/no-worker', 'Strict page without workers'],
  ['/strict/trusted-types', 'Strict page with trusted types'],
] as const;

test('pages under tight content policies are helped and seen', async ({ people, service, signIns }) => {
  const [signIn] = signIns.agents;
  if (signIn === undefined) throw new Error('The demo customer has an agent.');
  const agent = await people.agent(signIn);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${service.origins.shop}${pages[0][0]}`);
  const faults: string[] = [];
  visitor.page.on('pageerror', ({ message }) => faults.push(message));
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name: 'Mira of strict pages' });
  await agent.accept('Mira of strict pages');
  await agent.askToSee();
  await visitor.agreeToShow();
  for (const [path, title] of pages) {
    await visitor.page.goto(`${service.origins.shop}${path}`);
    await agent.replay.expectText(title);
    await expect(visitor.host.locator('.banner[data-state="watched"]')).toBeVisible();
  }
  await visitor.stopSharing();
  expect(faults).toEqual([]);
});
