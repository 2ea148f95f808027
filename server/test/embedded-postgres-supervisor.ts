/**
 * A process of its own that brings an embedded Postgres along, as `main` does, so that a test can kill it.
 * Arguments: the data folder, then `existing` to run the server as an account of the machine.
 */
import { createInterface } from 'node:readline';
import { existingAccount } from '../src/app/embedded-postgres/choose-account.js';
import { startEmbeddedPostgres } from '../src/app/embedded-postgres/index.js';

const [dataDir = '', way] = process.argv.slice(2);
const account = way === 'existing' ? { account: await existingAccount() } : {};
const postgres = await startEmbeddedPostgres({
  dataDir,
  ...account,
  onProgress: (progress) => process.stdout.write(`${JSON.stringify({ progress })}\n`),
});
process.stdout.write(
  `${JSON.stringify({ owner: postgres.url('owner'), app: postgres.url('app'), pid: postgres.pid() })}\n`,
);

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'stop') {
    await postgres.stop();
    process.exit(0);
  }
  // An end that forgets the database, as an uncaught exception would.
  if (line === 'exit') process.exit(3);
}
