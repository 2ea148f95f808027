/** A site whose words stay with the customer: what its store does not take is told of on both sides, and is not lost. */

import type { RecipientShown, SiteShown } from '@alongside/protocol';
import { CustomerStoreServer } from '../server/test/customer-store.js';
import { recipientBody } from '../server/test/records-customer.js';
import { expectAccessible } from './accessible.js';
import { t } from './agent/console-words.js';
import { test as base, expect } from './fixtures.js';
import { CustomerApi } from './service/customer-api.js';
import { callLocal } from './service/local-http.js';
import { editOf } from './service/site-edit.js';

const test = base.extend<object, { store: CustomerStoreServer }>({
  store: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const store = await CustomerStoreServer.start();
      await use(store);
      await store.stop();
    },
    { scope: 'worker' },
  ],
  serviceEnv: [
    async ({ serviceEnv, store }, use) => use({ ...serviceEnv, PRIVATE_STORES: store.place }),
    { scope: 'worker' },
  ],
});
test.use({ serviceName: 'of a site that delivers' });

test('[DC3] [CV4] both sides are told of a line that waits for the customer’s store, and it comes when the store is back', async ({
  people,
  service,
  signIns,
  store,
}) => {
  const { console, shop } = service.origins;
  const officer = await CustomerApi.signIn(console, signIns.officer);
  const own = { ...recipientBody(), endpoint: store.endpoint };
  const { recipientId } = await officer.ask<RecipientShown>('POST', '/api/recipients', own);
  const other = await CustomerApi.signIn(console, signIns.second);
  await other.ask('POST', `/api/recipients/${recipientId}/approval`);
  const keys = await callLocal(`${console}/.well-known/alongside-deliveries.json`);
  store.jwk = (keys.json() as { keys: readonly Record<string, unknown>[] }).keys[0] ?? {};
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), deliverTo: recipientId });

  const [signIn] = signIns.agents;
  if (signIn === undefined) throw new Error('The demo customer has an agent.');
  const agent = await people.agent(signIn);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?', name: 'Mira', topic: 'Loans' });
  await agent.accept('Mira');
  await visitor.expectConversation(signIn.displayName);
  store.refuses = 503;
  await visitor.composer.fill('Are you there?');
  await visitor.composer.press('Enter');
  await expect(visitor.text('A message is not delivered yet')).toBeVisible({ timeout: 30_000 });
  await expect(agent.page.getByText(t('chat.delayed'))).toBeVisible({ timeout: 30_000 });
  await expectAccessible(visitor.page, 'the panel: a line waits', { within: 'alongside-help' });
  await expectAccessible(agent.page, 'the console: a line waits');
  await expect(agent.line('Are you there?'), 'nobody sees what the store does not have').toBeHidden();
  store.refuses = undefined;
  await expect(agent.line('Are you there?')).toBeVisible({ timeout: 30_000 });
  await expect(visitor.text('A message is not delivered yet')).toBeHidden();
  await expect(agent.page.getByText(t('chat.delayed'))).toBeHidden();
  expect(store.linesOf(agent.engagementId).map(({ text }) => text)).toEqual([
    'What is APR?',
    'Are you there?',
  ]);
});
