/** What of an intent is about something in a joined frame, and how the frame itself would say it. */

import type { IntentBody, IntentTarget } from '@alongside/protocol';
import { isFrameNumber } from '../joined/frame-numbers.js';
import type { PagePoint } from './page-geometry.js';
import { pointIn } from './page-geometry.js';

/** The number of what it is about, if that is in a joined frame. */
export function placeInFrame(body: IntentBody): number | undefined {
  const id = placeOf(body);
  return id !== undefined && isFrameNumber(id) ? id : undefined;
}

/** The same, about a node that the frame calls so, with boxes that begin at its corner. */
export function asFrameSays(body: IntentBody, id: number, corner: PagePoint): IntentBody {
  switch (body.kind) {
    case 'point':
      return body.at === null ? body : { ...body, at: { ...body.at, id } };
    case 'draw':
      return 'anchor' in body.mark ? { ...body, mark: { ...body.mark, anchor: id } } : body;
    case 'scroll':
      return { ...body, id };
    case 'click':
    case 'type':
      return { ...body, target: movedTarget(body.target, id, { x: -corner.x, y: -corner.y }) };
    default:
      return body;
  }
}

/** A target under another number, so far from where it was. */
export function movedTarget(target: IntentTarget, id: number, by: PagePoint): IntentTarget {
  const { left, top, width, height } = target.box;
  return { ...target, id, box: { left: left + by.x, top: top + by.y, width, height } };
}

/** Where in the top viewport it happens, as far as it happens at a point. */
export function pointOf(body: IntentBody): PagePoint | undefined {
  if (body.kind === 'click') return pointIn(body.target.box, body.fx, body.fy);
  const isMove = body.kind === 'type' && 'key' in body && /Tab$/.test(body.key);
  return body.kind === 'type' && !isMove ? pointIn(body.target.box, 0.5, 0.5) : undefined;
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
