/**
 * `npm run officer-link -- EMAIL`: lets an officer in again whom nobody else can, with a one-time link. Asked on the
 * installation's own machine, with its settings, while it runs or not: who may read its data folder may do this.
 */

import './start-guard.js';
import { runCommand, withCore } from './machine-core.js';
import { say } from './supervisor/say.js';
import { StartFailure } from './supervisor/start-failure.js';

await runCommand(() => run(process.argv.slice(2)));

async function run([email, ...more]: readonly string[]): Promise<void> {
  if (email === undefined || more.length > 0)
    throw new StartFailure('Say whom: npm run officer-link -- EMAIL');
  await withCore(async (core) => {
    const links = await core.people.officerLinks(email.trim().toLowerCase());
    if (links.length === 0)
      throw new StartFailure(
        `No enabled officer has the address ${email.trim().toLowerCase()}. Nothing was changed.`,
      );
    for (const { customerName, enrolUrl } of links) say(`${customerName}: ${enrolUrl}`);
    say('Each link works once, for 72 hours. The password of before and every session have ended.');
  });
}
