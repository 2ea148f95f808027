/** A line that is dead for long during a view. */

import { test } from '@playwright/test';
import type { WorkerFixtures } from './fixtures.js';
import { expectInStep, loseFor, viewOverLine } from './journey/gaps.js';

const gaps = test.extend<object, Pick<WorkerFixtures, 'serviceEnv' | 'mediaWorkerBin'>>({
  serviceEnv: [{}, { option: true, scope: 'worker' }],
  mediaWorkerBin: [undefined, { option: true, scope: 'worker' }],
});
gaps.describe.configure({ timeout: 300_000 });

for (const lostMs of [30_000, 120_000]) {
  gaps(
    `a view goes on after ${lostMs / 1000} s without a network`,
    async ({ browser, serviceEnv, mediaWorkerBin }) => {
      const viewing = await viewOverLine(browser, { env: serviceEnv, mediaWorkerBin });
      try {
        await expectInStep(viewing, '2');
        await loseFor(viewing, lostMs, '3');
        await expectInStep(viewing, '4');
      } finally {
        await viewing.end();
      }
    },
  );
}
