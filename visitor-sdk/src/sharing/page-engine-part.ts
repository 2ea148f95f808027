/** The sealing engine on the page's own thread: loaded only where the page forbids the worker. */

import { createSealingEngine } from '@alongside/frames';

export { createSealingEngine };

export interface PageEnginePart {
  readonly createSealingEngine: typeof createSealingEngine;
}
