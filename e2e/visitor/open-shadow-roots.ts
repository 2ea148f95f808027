/** Lets a test reach into shadow roots that are closed to pages: it changes nothing else of them. */

import type { BrowserContext } from '@playwright/test';

export async function openShadowRoots(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function attachOpen(init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
  });
}
