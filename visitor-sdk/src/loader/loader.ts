/** The script tag's program: finds its tag, offers `window.alongside`, and starts. */

import { guarded } from '../embedding/page-guard.js';
import type { SdkParts } from '../embedding/sdk-parts.js';
import { AlongsideSdk } from './alongside-sdk.js';
import { installGlobal } from './command-queue.js';
import type { PartFile } from './load-script-part.js';
import { loadScriptPart, prefetchScriptPart } from './load-script-part.js';
import { findScript, readScriptEmbedding } from './script-embedding.js';

/** Written in by the build. */
declare const ALONGSIDE_PARTS: {
  readonly [K in 'panel' | 'sharing' | 'control' | 'moving' | 'pageEngine' | 'call']: PartFile;
};

function scriptParts(base: string): SdkParts {
  return {
    panel: () => loadScriptPart(ALONGSIDE_PARTS.panel, base),
    sharing: () => loadScriptPart(ALONGSIDE_PARTS.sharing, base),
    control: () => loadScriptPart(ALONGSIDE_PARTS.control, base),
    moving: () => loadScriptPart(ALONGSIDE_PARTS.moving, base),
    pageEngine: () => loadScriptPart(ALONGSIDE_PARTS.pageEngine, base),
    call: () => loadScriptPart(ALONGSIDE_PARTS.call, base),
    prefetchSharing: () => prefetchScriptPart(ALONGSIDE_PARTS.sharing, base),
  };
}

guarded(() => {
  const script = findScript();
  // A second tag finds the first one's program at work and leaves it alone.
  const scope = window as { alongside?: { start?: unknown } };
  if (script === undefined || scope.alongside?.start !== undefined) return;
  const { base, service, site, manual } = readScriptEmbedding(script);
  const sdk = new AlongsideSdk(scriptParts(base), service);
  installGlobal(sdk, scope);
  if (!manual) sdk.start({ site: site ?? '' });
});
