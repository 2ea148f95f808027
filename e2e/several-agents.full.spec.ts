/** Ten agents, each with a console of their own, in one engagement: all see the page, and each other. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { newSecret } from './service/new-secret.js';

const AGENTS = 10;

test('ten consoles see one page, and one points for all of them', async ({ people, service, signIns }) => {
  test.setTimeout(240_000);
  const { origins } = service;
  const first = firstAgent(signIns);
  const api = await CustomerApi.signIn(origins.console, signIns.officer);
  const [site] = await api.ask<readonly { readonly siteId: string }[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  const colleagues = Array.from({ length: AGENTS - 1 }, (_, index) => ({
    email: `colleague-${index}-${newSecret()}@example.org`.toLowerCase(),
    displayName: `Colleague ${index + 2}`,
    password: newSecret(),
  }));
  for (const each of colleagues) await api.addAgent(each, { country: 'FI', siteIds: [site.siteId] });

  const who = 'Mira of ten agents';
  const lead = await people.agent(first);
  const visitor = await people.visitor(`${origins.shop}/products/alder`);
  await meet({ agent: lead, visitor }, { name: who });
  await share({ agent: lead, visitor });
  await lead.replay.expectText('Alder');

  const consoles = [lead];
  for (const signIn of colleagues) {
    const each = await people.agent(signIn);
    await each.button(t('agents.joinNamed', { name: first.displayName, who })).click();
    await each.expectEngagement(who);
    consoles.push(each);
  }
  for (const each of consoles) {
    await each.replay.expectText('Alder');
    await expect(each.page.getByTestId('agents-bar').getByRole('listitem')).toHaveCount(AGENTS);
  }
  const names = `${first.displayName}, Colleague 2 and ${AGENTS - 2} more see this page`;
  await expect(visitor.host.getByRole('region', { name: names }).first()).toBeVisible();

  await lead.scrollPage(0);
  await expect(visitor.agentPointer(first.displayName)).toBeVisible();
  for (const each of consoles.slice(1)) {
    await expect(each.page.getByTestId('other-pointer')).toContainText(first.displayName);
  }
  await expect(lead.page.getByTestId('other-pointer')).toHaveCount(0);
});
