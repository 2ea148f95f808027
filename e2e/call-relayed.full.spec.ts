/** A site that wants its calls relayed, from a network that lets TCP out only: both hear and see by no other way. */

import type { SiteShown } from '@alongside/protocol';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import { meet, talk } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { editOf } from './service/site-edit.js';
import { followConnections } from './visitor/follow-connections.js';
import { expectRelayed, test } from './with-relay.js';

test('a call of such a site goes through the relay alone', async ({ people, service, signIns }) => {
  const [signIn] = signIns.agents;
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined || signIn === undefined)
    throw new Error('The demo customer has a site and an agent.');
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), relayOnly: true });

  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  for (const { page } of [agent, visitor]) {
    await page.addInitScript(followConnections);
    await page.reload();
  }
  await meet({ agent, visitor }, { name: 'Rhea' });
  await talk({ agent, visitor });
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await visitor.button('Camera on').click();
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  for (const { page } of [agent, visitor]) await expectRelayed(page);
});
