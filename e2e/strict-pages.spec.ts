/** Pages under tight content policies: the panel works there, and the page is seen, with a worker and without. */

import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';

const pages = [
  ['/strict', 'Strict page'],
  ['/strict/no-worker', 'Strict page without workers'],
  ['/strict/trusted-types', 'Strict page with trusted types'],
] as const;

test('pages under tight content policies are helped and seen', { tag: '@full' }, async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}${pages[0][0]}`);
  const faults: string[] = [];
  visitor.page.on('pageerror', ({ message }) => faults.push(message));
  await meet({ agent, visitor }, { name: 'Mira of strict pages' });
  await share({ agent, visitor });
  for (const [path, title] of pages) {
    await visitor.page.goto(`${service.origins.shop}${path}`);
    await agent.replay.expectText(title);
    await expect(visitor.host.locator('.banner[data-state="watched"]')).toBeVisible();
  }
  await visitor.stopSharing();
  expect(faults).toEqual([]);
});
