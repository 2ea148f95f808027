/** The same with a network that is away for twenty seconds, which is longer than a lost line takes to be noticed. */

import { test } from './fixtures.js';
import { loseDatabaseDuringView } from './journey/database-loss.js';

test('without a database and twenty seconds without a network, the view goes on and chat is sent later', async ({
  browser,
  serviceEnv: env,
  mediaWorkerBin,
}) => {
  test.setTimeout(200_000);
  await loseDatabaseDuringView({ browser, start: { env, mediaWorkerBin }, networkMs: 20_000 });
});
