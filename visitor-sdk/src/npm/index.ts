/** The npm package: the same SDK as the script tag's, with parts that the customer's own bundler places. */

import type { PanelParts } from '../embedding/panel-parts.js';
import type { Alongside } from '../embedding/public-api.js';
import type { SdkParts } from '../embedding/sdk-parts.js';
import { AlongsideSdk } from '../loader/alongside-sdk.js';
import type { LaterParts } from '../panel/later/later-parts.js';

export type * from '../embedding/public-api.js';

const panelParts: PanelParts = {
  sharing: () => import('../sharing/sharing-part.js'),
  control: () => import('../cobrowse/control/control-part.js'),
  moving: () => import('../cobrowse/moving/moving-part.js'),
  pageEngine: () => import('../sharing/page-engine-part.js'),
  call: () => import('../call/call-part.js'),
  sealing: () => import('../call/sealing-part.js'),
  share: () => import('../call/share/share-part.js'),
  prefetchSharing: () => {
    import('../sharing/sharing-part.js').catch(() => undefined);
  },
};

const laterParts: LaterParts = {
  together: async () => {
    const part = await import('../panel/together/together-part.js');
    return { startTogether: (host) => part.startTogether(host, panelParts) };
  },
  closing: () => import('../panel/closing/closing-part.js'),
};

const catalogues = {
  en: async () => (await import('../panel/messages/en.js')).en,
  de: async () => (await import('../panel/messages/de.js')).de,
};

const parts: SdkParts = {
  panel: async (language) => {
    const [part, catalogue] = await Promise.all([import('../panel/panel-part.js'), catalogues[language]()]);
    return { startPanel: (start) => part.startPanel({ ...start, catalogue, later: laterParts }) };
  },
  preview: async () => {
    const part = await import('../sharing/page-preview.js');
    return { startPreview: (deps) => part.startPreview({ ...deps, moving: panelParts.moving }) };
  },
};

const sdk: Alongside = new AlongsideSdk(parts);

export const start: Alongside['start'] = (options) => sdk.start(options);
export const stop: Alongside['stop'] = () => sdk.stop();
export const reset: Alongside['reset'] = () => sdk.reset();
export const identify: Alongside['identify'] = (details) => sdk.identify(details);
export const open: Alongside['open'] = () => sdk.open();
export const close: Alongside['close'] = () => sdk.close();
export const on: Alongside['on'] = (name, listener) => sdk.on(name, listener);
export const off: Alongside['off'] = (name, listener) => sdk.off(name, listener);
