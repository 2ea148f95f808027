/** What empties the view of whoever follows: the page without its head and its body. */

import type { NodeNumbers } from './live-page.js';
import type { MaskedEvent } from './masked-event.js';
import type { PristineDom } from './pristine-dom.js';
import { mutation } from './sheet-masking.js';

export function emptiedPage(
  { documentElement }: Document,
  dom: PristineDom,
  numbers: NodeNumbers,
): readonly MaskedEvent[] {
  const parentId = numbers.getId(documentElement);
  const removes: { parentId: number; id: number }[] = [];
  for (let at = dom.firstChild(documentElement); at !== null; at = dom.nextSibling(at)) {
    const id = numbers.getId(at);
    if (parentId > 0 && id > 0) removes.push({ parentId, id });
  }
  return [{ type: 3, data: mutation({ removes }), timestamp: Date.now() }];
}
