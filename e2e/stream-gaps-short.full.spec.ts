/** A view that is interrupted: a line that is dead for a while, and a laptop that sleeps. */

import { test } from '@playwright/test';
import type { WorkerFixtures } from './fixtures.js';
import { expectInStep, loseFor, sleepUntilDoubted, viewOverLine } from './journey/gaps.js';

const gaps = test.extend<object, Pick<WorkerFixtures, 'serviceEnv' | 'mediaWorkerBin'>>({
  serviceEnv: [{}, { option: true, scope: 'worker' }],
  mediaWorkerBin: [undefined, { option: true, scope: 'worker' }],
});
gaps.describe.configure({ timeout: 120_000 });

gaps(
  'a view goes on after each gap, and never passes for new what is old',
  async ({ browser, serviceEnv, mediaWorkerBin }) => {
    const viewing = await viewOverLine(browser, { env: serviceEnv, mediaWorkerBin });
    try {
      await expectInStep(viewing, '2');
      await gaps.step('a line that is dead for five seconds', () => loseFor(viewing, 5_000, '3'));
      await gaps.step('a laptop that sleeps', async () => {
        await sleepUntilDoubted(viewing);
        await expectInStep(viewing, '4');
      });
    } finally {
      await viewing.end();
    }
  },
);
