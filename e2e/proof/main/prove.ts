/**
 * The proof as a program: `--form short|full`, or `--verify FILE [--key KEY]`. Exits 0 clean, 3 clean in part, 1
 * otherwise; of a verification 0 where the signature holds with a known key, 2 where no such key is known.
 */

import { access, chmod, constants, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  provideProofKey,
  publicKeyText,
  signReport,
} from '../../../server/src/http/proof/proof-signature.js';
import { proofPlaces, storeProof } from '../../../server/src/http/proof/stored-proof.js';
import { browserFlags } from '../engagement/participants.js';
import { assembleReport } from '../report/assemble-report.js';
import { type BuildFacts, hashInstallation, readBuildFacts } from '../report/build-facts.js';
import type { ProofOutcome } from '../report/proof-outcome.js';
import { countProof } from '../report/tally.js';
import { clearAway } from '../short/folder-observer.js';
import { proveShort } from '../short/prove-short.js';
import { runArenaFile } from './arena-run.js';
import { Progress } from './progress.js';
import { type ProofCommand, readArguments } from './proof-arguments.js';
import type { ProofSetting } from './proof-setting.js';
import { proveFull } from './prove-full.js';
import { verifyFile } from './verify-file.js';

const EXIT = { clean: 0, partial: 3, violated: 1 } as const;
const VERIFIED = { holds: 0, unproven: 2, fails: 1 } as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(command: ProofCommand): Promise<number> {
  if (command.does === 'verify') {
    const { result, line } = await verifyFile(command.file, command);
    say(line);
    return VERIFIED[result];
  }
  if (command.does === 'arenaRun') {
    await runArenaFile(command.file);
    return 0;
  }
  return prove(command);
}

type Prove = Extract<ProofCommand, { does: 'prove' }>;

async function prove(command: Prove): Promise<number> {
  const beganAt = Date.now();
  const progress = new Progress(say);
  const facts = await progress.part('build', () => readBuildFacts(command.root, command));
  const folder = await mkdtemp(join(await homeOf(command), 'alongside-proof-'));
  // Accounts without rights pass through it to what is theirs.
  await chmod(folder, 0o711);
  try {
    const outcome = await run(command, folder, progress);
    const now = Object.entries(await hashInstallation(command.root, command));
    const untouched = now.every(([part, hash]) => facts.versions[part] === hash);
    const faults = untouched ? [] : ['The installed build changed while it was looked at.'];
    const whole = { ...outcome, faults: [...outcome.faults, ...faults] };
    return await conclude(command, whole, { ...facts, tookMs: Date.now() - beganAt });
  } finally {
    await clearAway(folder, command.keep);
    if (command.keep) say(`  what the runs wrote: ${folder}`);
  }
}

/** Apart from the usual temporary folders, which the full form lays onto its image. */
async function homeOf({ form }: Prove): Promise<string> {
  const apart = '/var/cache';
  if (form === 'short' || process.getuid?.() !== 0) return tmpdir();
  return access(apart, constants.W_OK).then(
    () => apart,
    () => tmpdir(),
  );
}

function run(command: Prove, folder: string, progress: Progress): Promise<ProofOutcome> {
  const setting: ProofSetting = {
    root: command.root,
    folder,
    browser: {
      executablePath: command.chromium,
      args: browserFlags(process.getuid?.() === 0),
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
    },
    mediaWorkerBin: command.mediaWorkerBin,
  };
  if (command.form === 'short') return proveShort(setting, progress);
  return proveFull(setting, { progress, program: process.argv[1] ?? '' });
}

/** Every count on a line of its own where it failed; then the result in one line. */
async function conclude(
  command: Prove,
  outcome: ProofOutcome,
  facts: BuildFacts & { readonly tookMs: number },
): Promise<number> {
  const key = await provideProofKey(proofPlaces(command.dataDir).keysFolder);
  const report = assembleReport(outcome, { ...facts, date: new Date(), publicKey: publicKeyText(key) });
  const signed = signReport(report, key);
  if (command.store) await storeProof(proofPlaces(command.dataDir).folder, signed, command.form);
  if (command.json !== undefined) {
    await writeFile(command.json, signed.text);
    await writeFile(`${command.json}.sig`, `${signed.signature}\n`);
  }
  const counts = countProof(outcome);
  for (const { what, because } of counts.filter(({ passed }) => !passed))
    say(`  failed: ${what}: ${because}`);
  for (const { part, reason } of report.notRun) say(`  not run: ${part}: ${reason}`);
  if (command.store) say('  the report is at /proof of the console, and in the data folder under proof/');
  const passed = counts.filter((each) => each.passed).length;
  const failed = counts.length - passed;
  say(`  result: ${report.result}`);
  say(`${passed} passed, ${failed} failed`);
  return failed > 0 ? EXIT.violated : EXIT[report.result];
}

process.exitCode = await main(readArguments(process.argv.slice(2))).catch((error: unknown) => {
  // With its causes, each with the place that it comes from.
  say(`alongside: ${inspect(error)}`);
  return 1;
});
