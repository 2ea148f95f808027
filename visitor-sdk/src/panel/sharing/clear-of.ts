/** The banner gives way to what somebody marks: it lies at the lower edge while it would hide that at the upper one. */

import type { PageBox } from '../../cobrowse/control/page-geometry.js';
import { overlap, panelBoxes } from '../../embedding/panel-boxes.js';

/** Moves the banner if it has to, and tells what of the page the panel covers then. */
export function clearOf(root: ShadowRoot, marks: readonly PageBox[]): readonly PageBox[] {
  const banner = root.querySelector('.panel > .banner');
  const hides = (low: boolean): boolean => {
    banner?.classList.toggle('low', low);
    const box = banner?.getBoundingClientRect();
    return box !== undefined && marks.some((mark) => overlap(box, mark));
  };
  if (!hides(false) || hides(true)) banner?.classList.remove('low');
  return panelBoxes(root);
}
