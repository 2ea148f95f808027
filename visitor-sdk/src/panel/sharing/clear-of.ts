/** The banner gives way to what somebody marks: it lies at the lower edge while it would hide that at the upper one. */

import type { PageBox } from '../../cobrowse/control/page-geometry.js';
import { overlap, panelBoxes } from '../../embedding/panel-boxes.js';

/** Moves the banner if it has to, and tells what of the page the panel covers then. */
export function clearOf(root: ShadowRoot, marks: readonly PageBox[]): readonly PageBox[] {
  const banner = root.querySelector('.panel > .banner');
  if (banner !== null && !isInUse(banner)) place(banner, marks);
  return panelBoxes(root);
}

/** Nobody who draws takes the Stop away from under the hand that goes for it. */
function isInUse(banner: Element): boolean {
  return banner.matches(':hover') || banner.querySelector(':focus-visible') !== null;
}

/** It stays where it hides nothing, or else it would go to and fro with what moves at an edge. */
function place(banner: Element, marks: readonly PageBox[]): void {
  const hides = (isLow: boolean): boolean => {
    banner.classList.toggle('low', isLow);
    const box = banner.getBoundingClientRect();
    return marks.some((mark) => overlap(box, mark));
  };
  const wasLow = marks.length > 0 && banner.classList.contains('low');
  if (hides(wasLow) && hides(!wasLow)) banner.classList.remove('low');
}
