/** What `records` is told when it starts. */

import type { Config } from './config.js';
import type { TlsMaterial } from './live-settings.js';
import type { SettledPlaces } from './settled-places.js';

export interface RecordsSettings {
  readonly host: string;
  readonly places: SettledPlaces;
  readonly database: { readonly ownerUrl: string; readonly appUrl: string | undefined };
  readonly journal: { readonly port: number; readonly secret: string };
  readonly keysFolder: string;
  readonly proofFolder: string;
  readonly storageCountry: string;
  readonly storageHost: string | undefined;
  readonly liveCountry: string;
  readonly liveHost: string | undefined;
  readonly signUp: Config['records'];
  readonly privateStores: readonly string[];
  readonly tls: TlsMaterial | undefined;
  readonly trustedProxies: readonly string[];
  readonly logLevel: Config['logLevel'];
}

export interface RecordsSettingsParts {
  readonly places: SettledPlaces;
  readonly database: RecordsSettings['database'];
  readonly journal: RecordsSettings['journal'];
  readonly tls: TlsMaterial | undefined;
  readonly keysFolder: string;
  readonly proofFolder: string;
}

export function recordsSettings(config: Config, parts: RecordsSettingsParts): RecordsSettings {
  return {
    ...parts,
    host: config.host,
    storageCountry: config.records.storageCountry,
    storageHost: config.records.storageHost,
    liveCountry: config.records.liveCountry,
    liveHost: config.records.liveHost,
    signUp: config.records,
    privateStores: config.records.privateStores,
    trustedProxies: config.trustedProxies,
    logLevel: config.logLevel,
  };
}
