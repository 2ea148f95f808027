/** What the loader brings, and only when it is needed; the panel brings the rest by itself. */

import type { Language } from '@alongside/protocol';
import type { PanelPart } from '../panel/panel.js';
import type { PreviewDeps } from '../sharing/page-preview.js';

export interface SdkParts {
  /** The panel with the sentences of one language. */
  panel(language: Language): Promise<PanelPart>;
  preview(): Promise<{ startPreview(deps: Omit<PreviewDeps, 'moving'>): void | Promise<void> }>;
}
