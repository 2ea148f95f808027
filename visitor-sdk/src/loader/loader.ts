/** The script tag's program: finds its tag, offers `window.alongside`, and starts. */

import type { Language } from '@alongside/protocol';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { guarded } from '../embedding/page-guard.js';
import type { SdkParts } from '../embedding/sdk-parts.js';
import type { PreviewPart } from '../sharing/page-preview.js';
import { AlongsideSdk } from './alongside-sdk.js';
import { installGlobal } from './command-queue.js';
import type { LinkedFile, SharingFile } from './linked-part.js';
import { linkPart } from './linked-part.js';
import type { PartFile } from './load-script-part.js';
import { loadScriptPart, prefetchScriptPart } from './load-script-part.js';
import { findScript, readScriptEmbedding } from './script-embedding.js';
import type { ScriptPanelPart } from './script-panel.js';

/** Written in by the build: the panel once for each language, which names the other parts by their hashes. */
declare const ALONGSIDE_PARTS: { readonly [L in Language | 'preview']: PartFile };

/** What a preview loads is named in its own file. */
interface PreviewFile extends LinkedFile<PreviewPart> {
  readonly parts: { readonly [K in 'sharing' | 'moving']: PartFile };
}

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
      const file = await loadScriptPart<PreviewFile>(ALONGSIDE_PARTS.preview, base);
      const { parts } = file;
      const sharing = loadScriptPart<SharingFile>(parts.sharing, base);
      const { startPreview } = await linkPart(sharing, Promise.resolve(file));
      const moving = () => linkPart(sharing, loadScriptPart<LinkedFile<MovingPart>>(parts.moving, base));
      return { startPreview: (deps) => startPreview({ ...deps, moving }) };
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
