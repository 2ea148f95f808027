/** The parts of the SDK that are loaded when they are needed, and only then. */

import type { PanelPart } from '../panel/panel.js';
import type { PanelParts } from './panel-parts.js';

/** The panel knows the others and not itself: it is loaded by what lies before it. */
export interface SdkParts extends PanelParts {
  panel(): Promise<PanelPart>;
}
