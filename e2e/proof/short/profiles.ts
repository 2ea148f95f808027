/** Searches what both browsers keep in their profiles; the visitor's own may hold what any browser holds of a page. */

import { join } from 'node:path';
import type { Detection } from '../detection.js';
import { Look } from '../detection.js';
import { keptByTheVisitorsBrowser } from '../engagement/channels.js';
import type { Finding } from '../finding.js';
import { scanPackedProfiles } from '../forensics/packed-profiles.js';
import type { Scanner } from '../scan/scanner.js';
import { type WalkOptions, walkFiles } from '../scan/walk-files.js';
import type { WritablePlaces } from '../service-under-proof.js';

export async function scanProfiles(
  scanner: Scanner,
  { profiles }: WritablePlaces,
  asked: Pick<WalkOptions, 'attributes'> = {},
): Promise<Detection> {
  const look = new Look(scanner, 'browser-profiles');
  const before = scanner.bytesScanned.get('browser-profiles') ?? 0;
  await walkFiles(scanner, profiles, { ...asked, detector: 'browser-profiles' });
  // What lies packed in a file of its own kind is found by nobody who does not know the kind.
  const { partsNotRun } = await scanPackedProfiles(scanner, profiles);
  const seen = look.end();
  return {
    ...seen,
    findings: seen.findings.filter((finding) => !isTheVisitorsOwn(finding, profiles)),
    partsNotRun,
    bytesScanned: (scanner.bytesScanned.get('browser-profiles') ?? 0) - before,
  };
}

/** As raw bytes, what the visitor's browser has deleted included; `image` holds nothing but their profile. */
export async function scanVisitorsImage(scanner: Scanner, image: string): Promise<Detection> {
  const look = new Look(scanner, 'browser-profiles');
  const place = 'profiles/visitor, raw';
  await look.file(image, place);
  const seen = look.end();
  const isOwn = ({ trace }: Finding) =>
    trace.kind === 'canary' && keptByTheVisitorsBrowser.has(trace.channel);
  return { ...seen, findings: seen.findings.filter((finding) => !isOwn(finding)) };
}

function isTheVisitorsOwn({ place, trace }: Finding, profiles: string): boolean {
  if (!place.startsWith(join(profiles, 'visitor'))) return false;
  return trace.kind === 'canary' && keptByTheVisitorsBrowser.has(trace.channel);
}
