/**
 * `npm run break-glass -- EMAIL --operator NAME --country FI --ticket ID --reason TEXT [--minutes 30]`: lets whoever
 * operates the installation read the records of the customer of that person, for an hour at most. Its officers are told,
 * see each reading in their audit, and can end it.
 */

import './start-guard.js';
import { parseArgs } from 'node:util';
import { runCommand, withCore } from './machine-core.js';
import { say } from './supervisor/say.js';
import { StartFailure } from './supervisor/start-failure.js';
import { onlyTenantOf } from './tenant-of-email.js';

const usage =
  'Say whose records, who you are, where you are and why: npm run break-glass -- EMAIL --operator NAME --country FI --ticket ID --reason TEXT [--minutes 30]';

await runCommand(() => run(process.argv.slice(2)));

async function run(args: readonly string[]): Promise<void> {
  const { email, operator, country, ticket, reason, minutes } = read(args);
  await withCore(async (core, consoleOrigin) => {
    const tenantId = await onlyTenantOf(core, email);
    const opened = await core.emergencies.open({ tenantId, operator, country, ticket, reason, minutes });
    if (!opened.ok)
      throw new StartFailure(`This was not taken: ${opened.refusal.detail ?? opened.refusal.code}. ${usage}`);
    say(`authorization: Emergency ${opened.value.secret}`);
    say(
      `Read ${consoleOrigin}/api/emergency/engagements with this header until ${new Date(opened.value.until).toISOString()}.`,
    );
    say('The officers of the customer are told now, and see every reading.');
  });
}

function read(args: readonly string[]) {
  const option = { type: 'string' } as const;
  const options = { operator: option, country: option, ticket: option, reason: option, minutes: option };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [email, ...more] = positionals;
    const { operator, country, ticket, reason, minutes = '30' } = values;
    const isWhole =
      operator !== undefined && country !== undefined && ticket !== undefined && reason !== undefined;
    if (email !== undefined && more.length === 0 && isWhole && /^\d{1,2}$/.test(minutes))
      return {
        email: email.trim().toLowerCase(),
        operator,
        country,
        ticket,
        reason,
        minutes: Number(minutes),
      };
  } catch {
    // An option that is none: the usage says which there are.
  }
  throw new StartFailure(usage);
}
