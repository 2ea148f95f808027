/** Which mutant a finding belongs to: each leaks frames that no other one of the run takes. */

import { keptByTheVisitorsBrowser } from '../engagement/channels.js';
import type { Finding } from '../finding.js';
import { rulesOfKeeping } from '../forensics/redis.js';
import type { SealedBody, Wanted } from '../wanted.js';
import type { Mutant, Slice } from './mutant.js';

const MIN_TEXT = 0.9;

/**
 * Sealed ones are known by the sequence of what was found, those of plain text by where their tokens lie, and broken
 * rules of the system by the rule and its place.
 */
export function findingsOf(
  planted: { readonly mutant: Mutant; readonly slice: Slice },
  findings: readonly Finding[],
  wanted: Wanted,
): readonly Finding[] {
  return [
    ...contentsOf(planted, findings, wanted),
    ...findings.filter((finding) => breaksRuleFor(finding, planted.mutant)),
  ];
}

function breaksRuleFor({ place, trace }: Finding, { breaks = [] }: Mutant): boolean {
  if (trace.kind !== 'rule') return false;
  return breaks.some(({ rule, where }) => trace.rule === rule && place.includes(where));
}

function contentsOf(
  { mutant, slice }: { readonly mutant: Mutant; readonly slice: Slice },
  findings: readonly Finding[],
  wanted: Wanted,
): readonly Finding[] {
  if (mutant.plants === 'media') return findings.filter((finding) => isOfCall(finding, mutant));
  if (mutant.plants === 'plaintext') return findings.filter((finding) => isPlain(finding, mutant));
  return findings.filter(({ trace }) => {
    const body = trace.kind === 'sealed' ? wanted.bodies[trace.body] : undefined;
    return body !== undefined && isOwn(body, slice);
  });
}

function isPlain({ place, detector, trace }: Finding, { where = '', detector: own }: Mutant): boolean {
  if (trace.kind !== 'canary') return false;
  // Any browser keeps these of any page for its own user: they tell of no leak.
  if (where === 'visitor' && keptByTheVisitorsBrowser.has(trace.channel)) return false;
  return place.includes(where) || (where === 'service.log' && detector === own);
}

/** Pieces of a call are told apart by where they lie, too: each is everybody's. */
function isOfCall({ place, trace }: Finding, { where = '' }: Mutant): boolean {
  return trace.kind === 'media' && place.includes(where);
}

/** Pieces of a call that came to rest where none of these mutants has put any; what it has copied goes by pipes. */
export function mediaOfNobody(mutants: readonly Mutant[], findings: readonly Finding[]): readonly Finding[] {
  const ofCalls = mutants.filter(({ plants }) => plants === 'media');
  return findings.filter(
    (finding) =>
      finding.trace.kind === 'media' &&
      finding.detector !== 'writes' &&
      !ofCalls.some((mutant) => isOfCall(finding, mutant)),
  );
}

/** With limits on nothing may break a rule: no mutant gets as far as that, and the product never does. */
export function rulesBrokenByNobody(
  mutants: readonly Mutant[],
  findings: readonly Finding[],
): readonly Finding[] {
  return findings.filter(
    (finding) =>
      finding.trace.kind === 'rule' &&
      // The run's own Redis is set to keep what it takes, so that it would be found; no key may lie in it all the same.
      !(finding.detector === 'redis' && rulesOfKeeping.has(finding.trace.rule)) &&
      !mutants.some((mutant) => breaksRuleFor(finding, mutant)),
  );
}

/** A resend of the stream has its sequence as well; a snapshot counts for itself, and is told by being text. */
function isOwn(body: SealedBody, { own, of }: Slice): boolean {
  const isStream = body.from === 'visitor' && (body.kind === 'frame' || body.kind === 'resend');
  return isStream && body.sequence % of === own && !isText(body.bytes);
}

/** A body that was left unsealed: its tokens tell of it, and its other text is everybody's. */
export function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 400);
  const letters = sample.filter((byte) => byte >= 32 && byte < 127).length;
  return letters > sample.length * MIN_TEXT;
}
