/**
 * A preview: an officer's console opens a page of the customer's own in a window of this name, and that page shows
 * itself to the console as it would to an agent. Both ends speak over a port between two windows of one browser;
 * nothing of it passes through any server.
 */

import * as v from 'valibot';
import { exactObject } from './exact-object.js';

export const PREVIEW_WINDOW = 'alongside-preview';
/** What the page says to the window that opened it, once it listens; the answer brings the port and the rules. */
export const PREVIEW_READY = 'alongside:preview:ready';
export const PREVIEW_OPEN = 'alongside:preview:open';

/** From the page, over the port. What the events hold is checked by the grammar of frames. */
const PreviewShown = v.variant('kind', [
  exactObject({ kind: v.picklist(['snapshot', 'events']), events: v.array(v.unknown()) }),
  exactObject({
    kind: v.literal('asset'),
    hash: v.string(),
    contentType: v.string(),
    bytes: v.exactOptional(v.instance(Uint8Array)),
  }),
]);
export type PreviewShown = v.InferOutput<typeof PreviewShown>;

/** Undefined for what is nothing that a page of ours says. */
export function readPreviewShown(data: unknown): PreviewShown | undefined {
  const read = v.safeParse(PreviewShown, data);
  return read.success ? read.output : undefined;
}

/** From the console, over the port. */
export type PreviewAsk =
  | { readonly ask: 'again' }
  | { readonly ask: 'assets'; readonly hashes: readonly string[] };
