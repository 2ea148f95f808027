/** The script tag's program: finds its tag, offers `window.alongside`, and starts. */

import type { Language } from '@alongside/protocol';
import { guarded } from '../embedding/page-guard.js';
import type { SdkParts } from '../embedding/sdk-parts.js';
import { AlongsideSdk } from './alongside-sdk.js';
import { installGlobal } from './command-queue.js';
import type { SharingFile } from './linked-part.js';
import type { PartFile } from './load-script-part.js';
import { loadScriptPart, prefetchScriptPart } from './load-script-part.js';
import { findScript, readScriptEmbedding } from './script-embedding.js';
import type { ScriptPanelPart } from './script-panel.js';
import type { ScriptPreviewPart } from './script-preview.js';

/** Written in by the build: the panel once for each language, which names the other parts by their hashes. */
declare const ALONGSIDE_PARTS: { readonly [L in Language | 'preview']: PartFile };

function scriptParts(base: string): SdkParts {
  return {
    panel: async (language) => {
      const part = await loadScriptPart<ScriptPanelPart & SharingFile>(ALONGSIDE_PARTS[language], base);
      return {
        startPanel: (start) =>
          part.startPanel(start, {
            panel: part,
            load: (file) => loadScriptPart(file, base),
            prefetch: (file) => prefetchScriptPart(file, base),
          }),
      };
    },
    preview: async () => {
      const part = await loadScriptPart<ScriptPreviewPart>(ALONGSIDE_PARTS.preview, base);
      return { startPreview: (deps) => part.startPreview(deps, (file) => loadScriptPart(file, base)) };
    },
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
