/** Whether an intent is about something in a joined frame: its page is another one, in which only the visitor acts. */

import type { IntentBody } from '@alongside/protocol';
import { isFrameNumber } from '../joined/frame-numbers.js';

export function isPlacedInFrame(body: IntentBody): boolean {
  const id = placeOf(body);
  return id !== undefined && isFrameNumber(id);
}

function placeOf(body: IntentBody): number | undefined {
  switch (body.kind) {
    case 'point':
      return body.at?.id;
    case 'draw':
      return 'anchor' in body.mark ? body.mark.anchor : undefined;
    case 'scroll':
      return body.id;
    case 'click':
    case 'type':
      return body.target.id;
    default:
      return undefined;
  }
}
