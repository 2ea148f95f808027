/** Says which parts of a drawing are left out with all that is in them: their shapes and places would tell what they show. */

import type { Exposure } from './site-rules.js';

/** Whether whoever made the rules wants nothing of it shown: not only for what it is or says. */
export function isMaskedByRule({ exposure }: { readonly exposure: Exposure }): boolean {
  return exposure === 'masked' || exposure === 'forced';
}

/** Of a drawing as a whole its box stays; a page of its own in one is masked as a page. */
export function hidesDrawing(part: {
  readonly tag: string;
  readonly isSvg: boolean;
  readonly verdict: { readonly exposure: Exposure };
}): boolean {
  return part.isSvg && isMaskedByRule(part.verdict) && part.tag.toLowerCase() !== 'foreignobject';
}
