/** Whether an event that waits says nothing any more once the next one is there: a place where something was. */

import type { MaskedEvent } from '../masking/masked-event.js';
import { eventType, isMove, source } from '../masking/masked-event.js';

export function isOvertaken(waiting: MaskedEvent, next: MaskedEvent): boolean {
  if (waiting.type !== eventType.incremental || next.type !== eventType.incremental) return false;
  const { data: old } = waiting;
  const { data } = next;
  if (old.source !== data.source) return false;
  if (isMove(data.source)) return true;
  return data.source === source.scroll && 'id' in old && 'id' in data && old.id === data.id;
}
