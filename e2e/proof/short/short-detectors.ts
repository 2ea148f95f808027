/** The detectors that take part in every run, and that controls are therefore asked of. */

import type { DetectorName } from '../finding.js';

export const SHORT_DETECTORS: ReadonlySet<DetectorName> = new Set<DetectorName>([
  'sql',
  'wal',
  'files',
  'names',
  'logs',
  'browser-profiles',
  'dumps',
  'sinks',
]);
