/** The script tag's program: finds its tag, offers `window.alongside`, and starts. */

import type { Language } from '@alongside/protocol';
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
declare const ALONGSIDE_PARTS: { readonly [L in Language | 'sharing' | 'preview']: PartFile };

/** What a preview loads later is named in its own file. */
interface PreviewFile extends PreviewPart {
  readonly moving: PartFile;
}

function scriptParts(base: string): SdkParts {
  const overSharing = <T>(file: PartFile): Promise<T> =>
    linkPart(
      loadScriptPart<SharingFile>(ALONGSIDE_PARTS.sharing, base),
      loadScriptPart<LinkedFile<T>>(file, base),
    );
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
      const part = await overSharing<PreviewFile>(ALONGSIDE_PARTS.preview);
      return {
        startPreview: (deps) => part.startPreview({ ...deps, moving: () => overSharing(part.moving) }),
      };
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
