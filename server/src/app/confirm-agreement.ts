/**
 * `npm run confirm-agreement -- EMAIL` lists the processing agreements that officers of that customer have recorded and
 * nobody has confirmed; with `--operator NAME --country FI --version TEXT` it is the yes of whoever runs the installation
 * to that one. The customer's sites take engagements from then on.
 */

import './start-guard.js';
import { parseArgs } from 'node:util';
import type { Refusal } from '@alongside/protocol';
import type { OperatorsYes, RecordsCore } from '../records/index.js';
import { runCommand, withCore } from './machine-core.js';
import { say } from './supervisor/say.js';
import { StartFailure } from './supervisor/start-failure.js';
import { onlyTenantOf } from './tenant-of-email.js';

const usage =
  'Say whose agreement: npm run confirm-agreement -- EMAIL; and to confirm one who you are, where you are and which: npm run confirm-agreement -- EMAIL --operator NAME --country FI --version TEXT';

interface Asked {
  readonly email: string;
  /** Nothing is confirmed without. */
  readonly yes: Omit<OperatorsYes, 'tenantId'> | undefined;
}

await runCommand(() => run(process.argv.slice(2)));

async function run(args: readonly string[]): Promise<void> {
  const { email, yes } = read(args);
  await withCore(async (core) => {
    const tenantId = await onlyTenantOf(core, email);
    if (yes === undefined) await list(core, tenantId);
    else await confirm(core, { tenantId, ...yes });
  });
}

async function list(core: RecordsCore, tenantId: string): Promise<void> {
  const waiting = await core.agreements.waitingOf(tenantId);
  if (waiting.length === 0) say('No agreement of this customer waits to be confirmed.');
  for (const { version, controller, processor, signedOn, validUntil } of waiting) {
    const until = validUntil === null ? 'without an end' : `valid until ${validUntil}`;
    say(`${version}: ${controller} with ${processor}, signed on ${signedOn}, ${until}`);
  }
}

async function confirm(core: RecordsCore, yes: OperatorsYes): Promise<void> {
  const confirmed = await core.agreements.confirmOnMachine(yes);
  if (!confirmed.ok) throw new StartFailure(`${whyNot(confirmed.refusal)} Nothing was changed.`);
  const { version, controller } = confirmed.value;
  say(`${controller}: ${version} is in force now.`);
}

function whyNot({ code, detail }: Refusal): string {
  if (code === 'notFound') return 'No agreement of that name waits to be confirmed.';
  if (code === 'wrongState') return 'Several of that name wait: an officer ends those that are not meant.';
  return `This was not taken: ${detail ?? code}.`;
}

function read(args: readonly string[]): Asked {
  const option = { type: 'string' } as const;
  const options = { operator: option, country: option, version: option };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [given, ...more] = positionals;
    const { operator, country, version } = values;
    const email = given?.trim().toLowerCase();
    if (email !== undefined && more.length === 0) {
      if (Object.keys(values).length === 0) return { email, yes: undefined };
      if (operator !== undefined && country !== undefined && version !== undefined)
        return { email, yes: { operator, country, version } };
    }
  } catch {
    // An option that is none: the usage says which there are.
  }
  throw new StartFailure(usage);
}
