/** The environment, read once and here alone: frozen slices, or every fault in it at once. */

import type { MediaPlace } from './media-places.js';
import { isEvery, mediaPlaces } from './media-places.js';
import { processFaults } from './process-rules.js';
import type { Reading, Setting } from './setting.js';
import type { SettingName, Settings } from './settings-table.js';
import { settingsTable } from './settings-table.js';

/** A server's port, and the address it is known by; absent = the name on loopback with the settled port. */
export interface Place {
  readonly port: number;
  readonly url: string | undefined;
}

/** Relays for calls, and what becomes of a start with one that must not, or may better not, be used. */
export interface TurnConfig {
  readonly urls: readonly string[];
  readonly secret: string;
  readonly old: 'refuse' | 'warn';
  readonly unknown: 'refuse' | 'warn';
}

export interface Config {
  readonly host: string;
  readonly places: {
    readonly console: Place;
    readonly live: Place;
    readonly replay: Place;
    readonly shop: Place;
  };
  readonly tlsFiles: { readonly cert: string; readonly key: string } | undefined;
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  readonly database: { readonly ownerUrl: string | undefined; readonly appUrl: string | undefined };
  readonly records: {
    readonly storageCountry: string;
    readonly storageHost: string | undefined;
    readonly liveCountry: string;
    readonly liveHost: string | undefined;
    readonly signUp: 'open' | 'code' | 'closed';
    readonly signUpCode: string | undefined;
    readonly privateStores: readonly string[];
  };
  readonly journal: {
    readonly port: number;
    readonly url: string | undefined;
    readonly secret: string | undefined;
  };
  readonly nodeId: string;
  readonly calls: {
    readonly offered: boolean;
    readonly port: number;
    readonly places: readonly MediaPlace[];
    readonly turn: TurnConfig | undefined;
    readonly workers: number | undefined;
    readonly workerBin: string | undefined;
    readonly statusFile: string | undefined;
  };
  readonly demo: boolean;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
}

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment itself, for the few lines that have to pass some of it on. */
export function environment(): Environment {
  return process.env;
}

export function readConfig(
  env: Environment = process.env,
  flags: readonly string[] = process.execArgv,
): ConfigReading {
  const { values, faults } = readSettings(env);
  faults.push(...processFaults({ env, flags }), ...contradictions(values));
  if (faults.length > 0) return { ok: false, faults };
  // Every name of the table was read by its own reader, which is what the type says.
  return { ok: true, config: deepFreeze(toConfig(values as Settings, env)) };
}

/** What could be read: a name that is there without a value was not given, one that is absent had a fault. */
function readSettings(env: Environment): { readonly values: Partial<Settings>; readonly faults: string[] } {
  const faults: string[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of Object.keys(settingsTable) as SettingName[]) {
    const reading = readOne(settingsTable[name], env[name]);
    if (reading.ok) values[name] = reading.value;
    else faults.push(`${name} ${reading.fault}.`);
  }
  return { values: values as Partial<Settings>, faults };
}

function readOne(setting: Setting<unknown>, given: string | undefined): Reading<unknown> {
  const text = given === undefined || given.trim() === '' ? setting.fallback : given.trim();
  return text === undefined ? { ok: true, value: undefined } : setting.read(text);
}

/** A rule over several settings, which is silent while any of them could not be read: that is a fault already. */
function over<Name extends SettingName>(
  names: readonly Name[],
  fault: (settings: Pick<Settings, Name>) => string | undefined,
): (values: Partial<Settings>) => string | undefined {
  return (values) =>
    names.every((name) => Object.hasOwn(values, name)) ? fault(values as Pick<Settings, Name>) : undefined;
}

/** Names below `localhost` mean another machine to everybody else, and browsers want TLS there. */
const outsideAddresses = (['CONSOLE_URL', 'LIVE_URL', 'REPLAY_URL'] as const).map((name) =>
  over(['HOST', name], (settings) => {
    const url = settings[name];
    if (isLoopback(settings.HOST) || url?.startsWith('https:')) return undefined;
    return url === undefined
      ? `${name} is wanted outside loopback: the https address that browsers use.`
      : `${name} must be an https address outside loopback.`;
  }),
);

const rules = [
  over(['TLS_CERT_FILE', 'TLS_KEY_FILE'], ({ TLS_CERT_FILE, TLS_KEY_FILE }) =>
    (TLS_CERT_FILE === undefined) !== (TLS_KEY_FILE === undefined)
      ? 'TLS_CERT_FILE and TLS_KEY_FILE belong together.'
      : undefined,
  ),
  over(['HOST', 'TLS_CERT_FILE', 'TRUSTED_PROXIES'], ({ HOST, TLS_CERT_FILE, TRUSTED_PROXIES }) =>
    isLoopback(HOST) || TLS_CERT_FILE !== undefined || TRUSTED_PROXIES !== undefined
      ? undefined
      : `HOST is ${HOST}, which is outside loopback: give TLS_CERT_FILE and TLS_KEY_FILE, or name in TRUSTED_PROXIES who terminates TLS.`,
  ),
  ...outsideAddresses,
  over(['SIGN_UP', 'SIGN_UP_CODE'], ({ SIGN_UP, SIGN_UP_CODE }) =>
    SIGN_UP === 'code' && SIGN_UP_CODE === undefined ? 'SIGN_UP_CODE is wanted by SIGN_UP=code.' : undefined,
  ),
  over(['HOST', 'CALLS', 'CALLS_ADDRESS', 'CALLS_ANNOUNCED_ADDRESS'], (settings) => {
    const address = (settings.CALLS_ADDRESS ?? [settings.HOST]).find(isEvery);
    return settings.CALLS && address !== undefined && settings.CALLS_ANNOUNCED_ADDRESS === undefined
      ? `CALLS_ANNOUNCED_ADDRESS is wanted with ${address}: nobody can send media to that. Or set CALLS=off.`
      : undefined;
  }),
  over(['TURN_URLS', 'TURN_SECRET'], ({ TURN_URLS, TURN_SECRET }) =>
    (TURN_URLS === undefined) !== (TURN_SECRET === undefined)
      ? 'TURN_URLS and TURN_SECRET belong together.'
      : undefined,
  ),
  over(['DATABASE_URL', 'DATABASE_APP_URL'], ({ DATABASE_URL, DATABASE_APP_URL }) =>
    DATABASE_URL === undefined && DATABASE_APP_URL !== undefined
      ? 'DATABASE_APP_URL is of no use without DATABASE_URL, which names the owner of the database.'
      : undefined,
  ),
  // What is in use before this was asked would otherwise end every conversation that runs.
  over(['DATABASE_URL', 'LIVE_COUNTRY'], ({ DATABASE_URL, LIVE_COUNTRY }) =>
    DATABASE_URL !== undefined && LIVE_COUNTRY === undefined
      ? 'LIVE_COUNTRY is wanted with DATABASE_URL: the country in which the machines of `live` stand, as FI.'
      : undefined,
  ),
];

function contradictions(values: Partial<Settings>): string[] {
  return rules.flatMap((rule) => rule(values) ?? []);
}

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

/** People reach it from elsewhere, whatever stands before it. */
function isProduction(s: Settings, env: Environment): boolean {
  const isPublic = [s.CONSOLE_URL, s.LIVE_URL].some((url) => url?.startsWith('https:'));
  return env.NODE_ENV === 'production' || !isLoopback(s.HOST) || isPublic;
}

function turnOf(s: Settings, env: Environment): TurnConfig | undefined {
  if (s.TURN_URLS === undefined || s.TURN_SECRET === undefined) return undefined;
  const old = isProduction(s, env) ? 'refuse' : 'warn';
  return { urls: s.TURN_URLS, secret: s.TURN_SECRET, old, unknown: s.TURN_UNKNOWN_VERSION ?? old };
}

function toConfig(s: Settings, env: Environment): Config {
  const { TLS_CERT_FILE: cert, TLS_KEY_FILE: key } = s;
  return {
    host: s.HOST,
    places: {
      console: { port: s.CONSOLE_PORT, url: s.CONSOLE_URL },
      live: { port: s.LIVE_PORT, url: s.LIVE_URL },
      replay: { port: s.REPLAY_PORT, url: s.REPLAY_URL },
      shop: { port: s.SHOP_PORT, url: s.SHOP_URL },
    },
    tlsFiles: cert !== undefined && key !== undefined ? { cert, key } : undefined,
    trustedProxies: s.TRUSTED_PROXIES ?? [],
    dataDir: s.DATA_DIR,
    database: { ownerUrl: s.DATABASE_URL, appUrl: s.DATABASE_APP_URL },
    records: {
      storageCountry: s.STORAGE_COUNTRY,
      storageHost: s.STORAGE_HOST,
      // A database of the installation's own stands on the machine that `live` runs on.
      liveCountry: s.LIVE_COUNTRY ?? s.STORAGE_COUNTRY,
      liveHost: s.LIVE_HOST,
      signUp: s.SIGN_UP,
      signUpCode: s.SIGN_UP_CODE,
      privateStores: s.PRIVATE_STORES ?? [],
    },
    journal: { port: s.JOURNAL_PORT, url: s.JOURNAL_URL, secret: s.JOURNAL_SECRET },
    nodeId: s.NODE_ID,
    calls: {
      offered: s.CALLS,
      port: s.CALLS_PORT,
      places: mediaPlaces(s.CALLS_ADDRESS ?? [s.HOST], s.CALLS_ANNOUNCED_ADDRESS ?? []),
      turn: turnOf(s, env),
      workers: s.CALLS_WORKERS,
      workerBin: s.MEDIASOUP_WORKER_BIN,
      statusFile: s.MEDIA_WORKER_STATUS_FILE,
    },
    demo: s.DEMO,
    logLevel: s.LOG_LEVEL,
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const each of Object.values(value)) {
    if (typeof each === 'object' && each !== null) deepFreeze(each);
  }
  return Object.freeze(value);
}
