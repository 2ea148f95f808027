/** Has a script run in every worker that a page makes of a text, before anything else of that worker. */

import type { BrowserContext } from '@playwright/test';

/** Has to come before the first page of the context. */
export async function runFirstInWorkers(context: BrowserContext, script: string): Promise<void> {
  await context.addInitScript(beginWorkersWith, script);
}

/** Runs in the browser and stands for itself. */
function beginWorkersWith(script: string): void {
  const RealBlob = Blob;
  const SpiedBlob = function SpiedBlob(parts: BlobPart[] = [], options: BlobPropertyBag = {}): Blob {
    return new RealBlob(options.type === 'text/javascript' ? [script, ...parts] : parts, options);
  };
  SpiedBlob.prototype = RealBlob.prototype;
  Reflect.set(window, 'Blob', SpiedBlob);
}
