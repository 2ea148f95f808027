/** What a detector reports: that something was found, where, and by which detector. Never the thing itself. */

export const detectorNames = [
  'sql',
  'wal',
  'image',
  'files',
  'names',
  'logs',
  'writes',
  'file-events',
  'network',
  'sinks',
  'redis',
  'browser-profiles',
  'memory-files',
  'dumps',
  'start-up',
] as const;

export type DetectorName = (typeof detectorNames)[number];

/**
 * A canary of a channel in some written form; a stretch of a sealed body; a key; a stretch of voice, of picture or of
 * an encrypted packet of them; or a rule of the system broken.
 */
export type Trace =
  | { readonly kind: 'canary'; readonly channel: string; readonly form: string }
  | { readonly kind: 'sealed'; readonly body: number }
  | { readonly kind: 'key'; readonly key: number }
  | { readonly kind: 'media'; readonly of: 'voice' | 'picture' | 'packet'; readonly body: number }
  | { readonly kind: 'rule'; readonly rule: string };

export interface Finding {
  readonly detector: DetectorName;
  /** A file, a table with its column, a descriptor, an address: ids and paths only. */
  readonly place: string;
  readonly trace: Trace;
}
