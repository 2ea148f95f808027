/** What `live` is told when it starts: all that it needs and nothing of the database. */

import type { Config } from './config.js';
import type { MediaWorkerStatus } from './media-worker-status.js';
import type { SettledPlaces } from './settled-places.js';

export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
}

export interface LiveSettings {
  readonly nodeId: string;
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly consoleOrigin: string;
  /** Without its address it is told later: `main` starts `records` and `live` at once. */
  readonly journal: { readonly url: string | undefined; readonly secret: string };
  readonly tls: TlsMaterial | undefined;
  readonly trustedProxies: readonly string[];
  readonly calls: Pick<Config['calls'], 'offered' | 'port' | 'places' | 'turn' | 'workers'>;
  readonly mediaWorker: MediaWorkerStatus;
  /** It runs as an account that owns nothing, and not as its supervisor. */
  readonly ownAccount: boolean;
  readonly logLevel: Config['logLevel'];
}

export interface LiveSettingsParts {
  readonly places: SettledPlaces;
  readonly journal: LiveSettings['journal'];
  readonly tls: TlsMaterial | undefined;
  readonly mediaWorker: MediaWorkerStatus;
  readonly ownAccount: boolean;
}

export function liveSettings(config: Config, parts: LiveSettingsParts): LiveSettings {
  const { offered, port, places, turn, workers } = config.calls;
  return {
    nodeId: config.nodeId,
    host: config.host,
    port: parts.places.live.port,
    origin: parts.places.live.origin,
    consoleOrigin: parts.places.console.origin,
    journal: parts.journal,
    tls: parts.tls,
    trustedProxies: config.trustedProxies,
    calls: { offered, port, places, turn, workers },
    mediaWorker: parts.mediaWorker,
    ownAccount: parts.ownAccount,
    logLevel: config.logLevel,
  };
}
