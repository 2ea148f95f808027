/** The panel of the script tag: with the sentences of its language, and with the names and hashes of what it loads. */

/// <reference path="./script-catalogue.d.ts" />

import { catalogue } from 'alongside:catalogue';
import type { LaterParts } from '../panel/later/later-parts.js';
import type { Panel } from '../panel/panel.js';
import type { PanelStart } from '../panel/panel-deps.js';
import { startPanel as start } from '../panel/panel-part.js';
import type { TogetherFile } from '../panel/together/together.js';
import type { LinkedFile } from './linked-part.js';
import { linkPart } from './linked-part.js';
import type { PartFile } from './load-script-part.js';
import type { PartLoading } from './script-parts.js';

/** Written in by the build. */
declare const ALONGSIDE_PARTS: { readonly [K in 'together' | 'closing']: PartFile };

export interface ScriptPanelPart {
  startPanel(deps: PanelStart, loading: PartLoading): Panel;
}

export const startPanel: ScriptPanelPart['startPanel'] = (deps, loading) =>
  start({ ...deps, catalogue, later: laterParts(loading) });

function laterParts(loading: PartLoading): LaterParts {
  const overPanel = <T>(file: PartFile): Promise<T> =>
    linkPart(Promise.resolve(loading.panel), loading.load<LinkedFile<T>>(file));
  return {
    together: async () => {
      const part = await overPanel<TogetherFile<PartLoading>>(ALONGSIDE_PARTS.together);
      return { ...part, startTogether: (host) => part.startTogether(host, loading) };
    },
    closing: () => overPanel(ALONGSIDE_PARTS.closing),
  };
}
