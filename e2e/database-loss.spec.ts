/** Postgres stopped and started during a view, with ten seconds without the visitor’s network in the middle. */

import { test } from './fixtures.js';
import { loseDatabaseDuringView } from './journey/database-loss.js';

const name = 'without a database and ten seconds without a network, the view goes on and chat is sent later';

// Most of it is waiting; `npm test` loses the database in a scenario of the server and the network in `tabs.spec`.
test(name, { tag: '@full' }, async ({ browser, serviceEnv: env, mediaWorkerBin }) => {
  test.setTimeout(150_000);
  await loseDatabaseDuringView({ browser, start: { env, mediaWorkerBin }, networkMs: 10_000 });
});
