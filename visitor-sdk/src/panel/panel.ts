/** The panel as the loader knows it: what it can be told, and how it is started once it is loaded. */

import type { VisitorDetails } from '../embedding/public-api.js';
import type { PanelStart } from './panel-deps.js';

export interface Panel {
  open(): void;
  minimise(): void;
  identify(details: VisitorDetails): void;
  /** Ends the engagement, and leaves nothing of it or of the visitor here. */
  reset(): void;
  /** Takes the panel off the page; the engagement can be continued. */
  close(): void;
}

export interface PanelPart {
  startPanel(start: PanelStart): Panel;
}
