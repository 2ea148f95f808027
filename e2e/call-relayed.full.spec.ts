/** A site that wants its calls relayed, from a network that lets TCP out only: both hear and see by no other way. */

import type { SiteShown } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { RunningTurn } from '../infra/turn/running-turn.js';
import { t } from './agent/console-words.js';
import { test as base, expect } from './fixtures.js';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import { meet } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { Service } from './service/service.js';
import { editOf } from './service/site-edit.js';
import { followConnections } from './visitor/follow-connections.js';

/** The media server is on loopback here, where a relay of an installation leads nobody. */
const leadsToLoopback = (configuration: string) => `${configuration}\nallow-loopback-peers\n`;

const test = base.extend<object, object>({
  service: [
    async ({ serviceEnv, mediaWorkerBin, demo }, use) => {
      const turn = await RunningTurn.start({ peers: ['127.0.0.1'], change: leadsToLoopback });
      const relays = { TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=tcp`, TURN_SECRET: turn.secret };
      const service = await Service.start({ env: { ...serviceEnv, ...relays }, mediaWorkerBin, demo });
      await use(service);
      await service.stop();
      await turn.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.use({ serviceName: 'with a relay' });

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
  await agent.button(t('call.askVoice')).click();
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await visitor.button('Camera on').click();
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  for (const { page } of [agent, visitor]) {
    const ways = await waysOf(page);
    expect(ways.length, 'there is a connection each way').toBeGreaterThanOrEqual(2);
    for (const way of ways) {
      expect(way, 'it is relayed, and no other way was even looked for').toEqual({
        taken: 'relay by tcp',
        known: ['relay'],
      });
    }
  }
});

/** Of each connection that stands: the kind of way it takes, and which kinds it knows of. */
function waysOf(
  page: Page,
): Promise<readonly { readonly taken: string; readonly known: readonly string[] }[]> {
  return page.evaluate(async () => {
    const standing = (window.connectionsOfTest ?? []).filter(
      ({ connectionState }) => connectionState === 'connected',
    );
    return Promise.all(
      standing.map(async (connection) => {
        const entries = [...(await connection.getStats()).values()];
        const transport = entries.find(({ type }) => type === 'transport');
        const pair = entries.find(({ id }) => id === transport?.selectedCandidatePairId);
        const local = entries.find(({ id }) => id === pair?.localCandidateId);
        const candidates = entries.filter(({ type }) => type === 'local-candidate');
        return {
          taken: `${local?.candidateType} by ${local?.relayProtocol}`,
          known: [...new Set(candidates.map(({ candidateType }) => String(candidateType)))],
        };
      }),
    );
  });
}
