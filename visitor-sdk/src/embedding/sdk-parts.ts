/** What the loader brings, and only when it is needed; the panel brings the rest by itself. */

import type { Language } from '@alongside/protocol';
import type { PanelPart } from '../panel/panel.js';
import type { SharingPart } from '../sharing/sharing-part.js';

export interface SdkParts {
  /** The panel with the sentences of one language. */
  panel(language: Language): Promise<PanelPart>;
  preview(): Promise<Pick<SharingPart, 'startPreview'>>;
}
