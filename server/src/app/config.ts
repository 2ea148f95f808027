/** The environment, read once and here alone: frozen slices, or every fault in it at once. */

import { processFaults } from './process-rules.js';
import type { Reading, Setting } from './setting.js';
import type { SettingName, Settings } from './settings-table.js';
import { settingsTable } from './settings-table.js';

/** A server's port, and the address it is known by; absent = the name on loopback with the settled port. */
export interface Place {
  readonly port: number;
  readonly url: string | undefined;
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
    readonly signUp: 'open' | 'code' | 'closed';
    readonly signUpCode: string | undefined;
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
    readonly address: string;
    readonly announcedAddress: string | undefined;
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

/** The environment itself, for the few lines that have to pass some of it on (never to `live`). */
export function environment(): Environment {
  return process.env;
}

export function readConfig(
  env: Environment = process.env,
  flags: readonly string[] = process.execArgv,
): ConfigReading {
  const faults: string[] = [];
  const settings = readSettings(env, faults);
  faults.push(...processFaults({ env, flags }));
  if (settings === undefined) return { ok: false, faults };
  faults.push(...contradictions(settings));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: deepFreeze(toConfig(settings)) };
}

function readSettings(env: Environment, faults: string[]): Settings | undefined {
  const before = faults.length;
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of Object.keys(settingsTable) as SettingName[]) {
    const reading = readOne(settingsTable[name], env[name]);
    if (reading.ok) values[name] = reading.value;
    else faults.push(`${name} ${reading.fault}.`);
  }
  // Every name of the table was read by its own reader, which is what the type says.
  return faults.length === before ? (values as Settings) : undefined;
}

function readOne(setting: Setting<unknown>, given: string | undefined): Reading<unknown> {
  const text = given === undefined || given.trim() === '' ? setting.fallback : given.trim();
  return text === undefined ? { ok: true, value: undefined } : setting.read(text);
}

function contradictions(settings: Settings): string[] {
  const faults: string[] = [];
  const { HOST, TLS_CERT_FILE, TLS_KEY_FILE, TRUSTED_PROXIES } = settings;
  if ((TLS_CERT_FILE === undefined) !== (TLS_KEY_FILE === undefined)) {
    faults.push('TLS_CERT_FILE and TLS_KEY_FILE belong together.');
  }
  const isProtected = TLS_CERT_FILE !== undefined || TRUSTED_PROXIES !== undefined;
  if (!isLoopback(HOST) && !isProtected) {
    faults.push(
      `HOST is ${HOST}, which is outside loopback: give TLS_CERT_FILE and TLS_KEY_FILE, or name in TRUSTED_PROXIES who terminates TLS.`,
    );
  }
  if (!isLoopback(HOST)) faults.push(...addressFaults(settings));
  if (settings.SIGN_UP === 'code' && settings.SIGN_UP_CODE === undefined) {
    faults.push('SIGN_UP_CODE is wanted by SIGN_UP=code.');
  }
  const callsAddress = settings.CALLS_ADDRESS ?? HOST;
  const listensEverywhere = callsAddress === '0.0.0.0' || callsAddress === '::';
  if (settings.CALLS && listensEverywhere && settings.CALLS_ANNOUNCED_ADDRESS === undefined) {
    faults.push(
      `CALLS_ANNOUNCED_ADDRESS is wanted with ${callsAddress}: nobody can send media to that. Or set CALLS=off.`,
    );
  }
  if (settings.DATABASE_URL === undefined && settings.DATABASE_APP_URL !== undefined) {
    faults.push('DATABASE_APP_URL is of no use without DATABASE_URL, which names the owner of the database.');
  }
  return faults;
}

/** Names below `localhost` mean another machine to everybody else, and browsers want TLS there. */
function addressFaults(settings: Settings): string[] {
  return (['CONSOLE_URL', 'LIVE_URL', 'REPLAY_URL'] as const).flatMap((name) => {
    const url = settings[name];
    if (url === undefined)
      return [`${name} is wanted outside loopback: the https address that browsers use.`];
    return url.startsWith('https:') ? [] : [`${name} must be an https address outside loopback.`];
  });
}

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

function toConfig(s: Settings): Config {
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
    records: { storageCountry: s.STORAGE_COUNTRY, signUp: s.SIGN_UP, signUpCode: s.SIGN_UP_CODE },
    journal: { port: s.JOURNAL_PORT, url: s.JOURNAL_URL, secret: s.JOURNAL_SECRET },
    nodeId: s.NODE_ID,
    calls: {
      offered: s.CALLS,
      port: s.CALLS_PORT,
      address: s.CALLS_ADDRESS ?? s.HOST,
      announcedAddress: s.CALLS_ANNOUNCED_ADDRESS,
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
