/** Turns what a proof has shown into its report: hashes in place of tokens, and one result. */

import type { ProofReport } from '../../../server/src/http/proof/proof-report.js';
import { outsideWords, proofSpeech } from '../../../server/src/http/proof/proof-words.js';
import type { MatrixRow } from '../mutants/matrix.js';
import type { BuildFacts } from './build-facts.js';
import { judgeControls } from './judge-controls.js';
import type { CleanRun, ProofOutcome } from './proof-outcome.js';
import { shortened } from './shortened.js';
import { isKilled, violationsOf } from './violations.js';

export interface ReportFacts extends BuildFacts {
  readonly date: Date;
  /** By the clock on the wall. */
  readonly tookMs: number;
  readonly publicKey: string;
}

export function assembleReport(outcome: ProofOutcome, facts: ReportFacts): ProofReport {
  const { runs } = outcome;
  const notRun = partsNotRun(outcome);
  const violations = violationsOf(outcome);
  return {
    format: 'never-stored-report/2',
    form: outcome.form,
    date: facts.date.toISOString(),
    commit: facts.commit,
    modified: facts.modified,
    versions: facts.versions,
    result: violations.length > 0 ? 'violated' : notRun.length > 0 ? 'partial' : 'clean',
    channels: runs.flatMap(({ name: run, channels }) =>
      channels.map(({ channel, sha256 }) => ({ run, channel: shortened(channel), sha256 })),
    ),
    sealed: runs.map(({ name: run, sentFrames, registeredFrames, bodies, keys }) => ({
      run,
      sentFrames,
      registeredFrames,
      bodies,
      keys,
    })),
    calls: runs.flatMap(({ name: run, media: heard }) => heard.map((each) => ({ run, ...each }))),
    media: media(runs),
    controls: runs.flatMap(judgeControls).map(({ foundBy, missedBy, wronglyFoundBy, ...control }) => ({
      ...control,
      foundBy: [...foundBy],
      missedBy: [...missedBy],
      wronglyFoundBy: [...wronglyFoundBy],
    })),
    mutants: outcome.mutants.filter(({ verdict }) => verdict !== 'not run').map(mutantOf),
    limits: outcome.limits.map(({ name, inForce }) => ({ name, inForce })),
    refusals: outcome.refusals.map((each) => ({ ...each })),
    violations: [...violations],
    notRun,
    outside: outsideWords(outcome.form).map((key) => proofSpeech('en').say(key)),
    durations: outcome.took.map(({ part, ms }) => ({ part, ms: Math.round(ms) })),
    tookMs: Math.round(facts.tookMs),
    publicKey: facts.publicKey,
  };
}

/** Told once for each part, whichever runs it was missing in. A limit that this machine cannot set is a part too. */
export function partsNotRun({ runs, partsNotRun: own, limits }: ProofOutcome): ProofReport['notRun'] {
  const all = [
    ...own,
    ...runs.flatMap((run) => [...run.detections, run].flatMap((each) => each.partsNotRun)),
    ...runs.flatMap(({ name, notes }) => notes.map((reason) => ({ part: `engagement ${name}`, reason }))),
    ...limits
      .filter(({ inForce }) => !inForce)
      .map(({ name, reason = '' }) => ({ part: `limit: ${name}`, reason })),
  ];
  const parts = new Map(all.map(({ part, reason }) => [shortened(part), shortened(reason)]));
  return [...parts].map(([part, reason]) => ({ part, reason }));
}

function media(runs: readonly CleanRun[]): ProofReport['media'] {
  const bytes = new Map<string, number>();
  for (const { detector, bytesScanned } of runs.flatMap((run) => run.detections)) {
    bytes.set(detector, (bytes.get(detector) ?? 0) + bytesScanned);
  }
  return [...bytes].map(([detector, sum]) => ({ detector, bytes: sum }));
}

const stops = {
  limit: 'limit',
  permission: 'permission',
  schema: 'schema',
  ACL: 'acl',
  'detected only': 'detectedOnly',
} as const satisfies Record<MatrixRow['stoppedBy'], ProofReport['mutants'][number]['stop']>;

function mutantOf(row: MatrixRow): ProofReport['mutants'][number] {
  return {
    name: row.title,
    sends: row.plants,
    stop: stops[row.stoppedBy],
    detectors: [row.detector, ...row.alsoBy],
    caughtBy: [...row.foundBy],
    attempted: { ...row.attempted },
    codes: [...row.codes],
    stopped: row.stopped ?? null,
    killed: isKilled(row.verdict),
  };
}
