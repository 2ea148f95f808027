/** Postgres stopped and started during a view, with ten seconds without the visitor’s network in the middle. */

import { test } from './fixtures.js';
import { loseDatabaseDuringView } from './journey/database-loss.js';

test('without a database and ten seconds without a network, the view goes on and chat is sent later', async ({
  browser,
  serviceEnv: env,
  mediaWorkerBin,
}) => {
  test.setTimeout(150_000);
  await loseDatabaseDuringView({ browser, start: { env, mediaWorkerBin }, networkMs: 10_000 });
});
