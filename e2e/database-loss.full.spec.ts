/** The same with a network that is away for ten seconds. */

import { test } from './fixtures.js';
import { loseDatabaseDuringView } from './journey/database-loss.js';

test('without a database and for ten seconds without a network, the view goes on and chat is sent later', async ({
  browser,
  serviceEnv: env,
  mediaWorkerBin,
}) => {
  test.setTimeout(180_000);
  await loseDatabaseDuringView({ browser, start: { env, mediaWorkerBin }, networkMs: 10_000 });
});
