/** What the loader hands to the panel, and what comes with it. */

import type { Language, SiteConfig } from '@alongside/protocol';
import type {
  AlongsideEventName,
  AlongsideEvents,
  FailureReason,
  VisitorDetails,
} from '../embedding/public-api.js';
import type { ShadowHost } from '../embedding/shadow-host.js';
import type { SiteAddress } from '../embedding/site-client.js';
import type { Launcher } from '../loader/launcher.js';
import type { ReturnStore } from '../return/return-store.js';
import type { LaterParts } from './later/later-parts.js';
import type { Catalogue } from './messages/catalogue.js';

export interface PanelStart {
  readonly config: SiteConfig;
  /** When it was fetched, by this machine's clock. */
  readonly configAt: number;
  readonly shadow: ShadowHost;
  readonly launcher: Launcher;
  readonly address: SiteAddress;
  readonly returns: ReturnStore;
  readonly language: Language;
  /** The browser's own, as it was when the loader ran. */
  readonly fetch: typeof fetch;
  readonly details: VisitorDetails;
  readonly emit: <K extends AlongsideEventName>(name: K, event: AlongsideEvents[K]) => void;
  /** Tells the page, and in its console whoever works on it. */
  readonly fail: (reason: FailureReason) => void;
  readonly onMinimise: () => void;
}

export interface PanelDeps extends PanelStart {
  readonly later: LaterParts;
  /** The sentences of the panel's language: no other one is loaded. */
  readonly catalogue: Catalogue;
}
