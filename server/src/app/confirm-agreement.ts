/**
 * `npm run confirm-agreement -- EMAIL --operator NAME`: the yes of whoever runs the installation to the processing
 * agreement that an officer of that customer has recorded. Its sites take engagements from then on.
 */

import './start-guard.js';
import { parseArgs } from 'node:util';
import { runCommand, withCore } from './machine-core.js';
import { say } from './supervisor/say.js';
import { StartFailure } from './supervisor/start-failure.js';
import { onlyTenantOf } from './tenant-of-email.js';

const usage = 'Say whose agreement, and who you are: npm run confirm-agreement -- EMAIL --operator NAME';

await runCommand(() => run(process.argv.slice(2)));

async function run(args: readonly string[]): Promise<void> {
  const { email, operator } = read(args);
  await withCore(async (core) => {
    const tenantId = await onlyTenantOf(core, email);
    const confirmed = await core.agreements.confirmOnMachine(tenantId, operator);
    if (!confirmed.ok)
      throw new StartFailure('No agreement of this customer waits to be confirmed. Nothing was changed.');
    const { version, controller } = confirmed.value;
    say(`${controller}: ${version} is in force now.`);
  });
}

function read(args: readonly string[]): { readonly email: string; readonly operator: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { operator: { type: 'string' } },
      allowPositionals: true,
    });
    const [email, ...more] = positionals;
    const operator = values.operator?.trim() ?? '';
    if (email !== undefined && more.length === 0 && operator !== '')
      return { email: email.trim().toLowerCase(), operator };
  } catch {
    // An option that is none: the usage says which there are.
  }
  throw new StartFailure(usage);
}
