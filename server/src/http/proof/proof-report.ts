/**
 * The report of a run of the proof that nothing of page, voice or picture is stored: written by the proof, served
 * by `records`. It holds names, counts and hashes, and never a token or anything that was looked for.
 */

import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Names, paths and reasons; a report is data of this installation, and is escaped wherever it is shown. */
const line = v.pipe(v.string(), v.maxLength(600));
const lines = v.array(line);
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What stops a planted leak: the first four have to stop it while the limits are on. */
export const stops = ['limit', 'permission', 'schema', 'acl', 'detectedOnly'] as const;

export const ProofReportShape = v.strictObject({
  format: v.literal('never-stored-report/2'),
  form: v.picklist(['short', 'full']),
  date: v.pipe(v.string(), v.isoTimestamp()),
  commit: v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|unknown)$/)),
  /** The sources differed from the commit. */
  modified: v.boolean(),
  versions: v.record(line, line),
  result: v.picklist(['clean', 'partial', 'violated']),
  /** SHA-256 of the token of each channel, run by run. */
  channels: v.array(v.strictObject({ run: line, channel: line, sha256: hash })),
  sealed: v.array(
    v.strictObject({
      run: line,
      sentFrames: count,
      registeredFrames: count,
      bodies: count,
      keys: count,
    }),
  ),
  /** Pieces of voice and picture that were looked for, by who sent or received them, and packets as on the wire. */
  calls: v.array(v.strictObject({ run: line, what: line, pieces: count, bytes: count })),
  media: v.array(v.strictObject({ detector: line, bytes: count })),
  controls: v.array(
    v.strictObject({ run: line, name: line, foundBy: lines, missedBy: lines, wronglyFoundBy: lines }),
  ),
  mutants: v.array(
    v.strictObject({
      name: line,
      sends: v.picklist(['sealed', 'plaintext', 'media']),
      stop: v.picklist(stops),
      /** The detectors that claim to see it. */
      detectors: lines,
      /** Those that turned red in the pass without limits. */
      caughtBy: lines,
      /** Whether it tried at all: without limits, and with them. */
      attempted: v.strictObject({ off: v.boolean(), on: v.boolean() }),
      /** How its attempts ended in the pass with limits: codes of errors, or `done`. */
      codes: lines,
      /** In the pass with limits; absent where nothing has to stop it. */
      stopped: v.nullable(v.boolean()),
      killed: v.boolean(),
    }),
  ),
  limits: v.array(v.strictObject({ name: line, inForce: v.boolean() })),
  refusals: v.array(v.strictObject({ what: line, process: line, refused: v.boolean() })),
  violations: v.array(v.strictObject({ run: line, detector: line, place: line, trace: line })),
  notRun: v.array(v.strictObject({ part: line, reason: line })),
  /** What no part of the proof looks at, in words for people. */
  outside: lines,
  /** Of each part; some ran beside each other. */
  durations: v.array(v.strictObject({ part: line, ms: count })),
  /** By the clock on the wall, from its beginning to its end. */
  tookMs: count,
  /** Ed25519, as base64 of its DER form (SPKI); its private half never leaves the installation. */
  publicKey: v.pipe(v.string(), v.base64(), v.maxLength(100)),
});

export type ProofReport = v.InferOutput<typeof ProofReportShape>;
export type ProofResult = ProofReport['result'];

/** Undefined when it is not a report of this form. */
export function readProofReport(value: unknown): ProofReport | undefined {
  const parsed = v.safeParse(ProofReportShape, value);
  return parsed.success ? parsed.output : undefined;
}
