/** A service beside a TURN server that leads to its media server alone. */

import type { Page } from '@playwright/test';
import { RunningTurn } from '../infra/turn/running-turn.js';
import { test as base, expect } from './fixtures.js';
import { Service } from './service/service.js';

/** The media server is on loopback here, where a relay of an installation leads nobody. */
const leadsToLoopback = (configuration: string) => `${configuration}\nallow-loopback-peers\n`;

export const test = base.extend<object, object>({
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

/** Of pages whose connections are followed. */
export async function expectRelayed(page: Page): Promise<void> {
  const ways = await waysOf(page);
  expect(ways.length, 'there is a connection each way').toBeGreaterThanOrEqual(2);
  for (const way of ways) {
    expect(way, 'it is relayed, and no other way was even looked for').toEqual({
      taken: 'relay by tcp',
      known: ['relay'],
    });
  }
}

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
