/** Every setting there is: the README's table is made of this one (settings-markdown.ts). */

import * as s from './setting.js';

export const settingsTable = {
  HOST: s.setting(
    {
      default: '127.0.0.1',
      meaning:
        'Address that every server listens on. Outside loopback nothing starts without `TLS_CERT_FILE` and `TLS_KEY_FILE`, or `TRUSTED_PROXIES`.',
    },
    s.address,
  ),
  CONSOLE_PORT: s.setting(
    { default: '3000', meaning: 'Port of the console, the API and the SDK files; 0 takes a free one.' },
    s.port,
  ),
  LIVE_PORT: s.setting({ default: '3001', meaning: 'Port of the live sockets; 0 takes a free one.' }, s.port),
  REPLAY_PORT: s.setting(
    { default: '3002', meaning: 'Port of the replay origin; 0 takes a free one.' },
    s.port,
  ),
  SHOP_PORT: s.setting({ default: '3003', meaning: "Port of the demo customer's shop." }, s.port),
  CONSOLE_URL: s.optional(
    {
      otherwise: '`http://console.localhost:CONSOLE_PORT`',
      meaning: 'The address people and SDKs use for the console and the API.',
    },
    s.origin,
  ),
  LIVE_URL: s.optional(
    {
      otherwise: '`http://live.localhost:LIVE_PORT`',
      meaning: 'The address browsers use for the live sockets; a site of its own.',
    },
    s.origin,
  ),
  REPLAY_URL: s.optional(
    {
      otherwise: '`http://replay.localhost:REPLAY_PORT`',
      meaning: 'The address of the replay; a site of its own, since it shows what strangers send.',
    },
    s.origin,
  ),
  SHOP_URL: s.optional(
    { otherwise: '`http://shop.localhost:SHOP_PORT`', meaning: "The demo customer's shop." },
    s.origin,
  ),
  TLS_CERT_FILE: s.optional(
    { otherwise: 'none', meaning: 'Certificate chain (PEM) that the servers use themselves.' },
    s.text,
  ),
  TLS_KEY_FILE: s.optional({ otherwise: 'none', meaning: 'Its private key (PEM).' }, s.text),
  TRUSTED_PROXIES: s.optional(
    {
      otherwise: 'none',
      meaning:
        'Addresses or networks of the proxies that terminate TLS, with commas between. Forwarded headers of anybody else are ignored.',
    },
    s.addresses,
  ),
  DATA_DIR: s.setting(
    { default: '.data', meaning: 'Folder of everything this installation keeps: database, keys, sign-ins.' },
    s.text,
  ),
  DATABASE_URL: s.optional(
    {
      otherwise: 'an embedded Postgres',
      meaning: 'Postgres 15 or newer, as the role that owns the database and runs migrations.',
    },
    s.postgresUrl,
  ),
  DATABASE_APP_URL: s.optional(
    {
      otherwise: '`DATABASE_URL`, whose connections then take the role `alongside_app`',
      meaning:
        'The same database as the role that the server works with: it cannot change the schema, and row-level security binds it.',
    },
    s.postgresUrl,
  ),
  STORAGE_COUNTRY: s.setting(
    { default: 'FI', meaning: 'The country in which the database stands. A fact, and not a wish.' },
    s.country,
  ),
  STORAGE_HOST: s.optional(
    {
      otherwise: 'not named: no contract and no certification covers the database',
      meaning:
        'The organisation on whose machines the database runs, spelled as contracts and the lists of certified organisations spell it; visitors are told of it.',
    },
    s.organisation,
  ),
  LIVE_COUNTRY: s.optional(
    {
      otherwise: '`STORAGE_COUNTRY`; wanted with a `DATABASE_URL`',
      meaning:
        'The country in which the machines of `live` stand, which pass on what is shown and said. A fact, and not a wish.',
    },
    s.country,
  ),
  LIVE_HOST: s.optional(
    {
      otherwise: 'not named: no contract and no certification covers them',
      meaning:
        'The organisation on whose machines `live` runs, as for `STORAGE_HOST`; visitors are told of it.',
    },
    s.organisation,
  ),
  PRIVATE_STORES: s.optional(
    {
      otherwise: 'none',
      meaning:
        "Customers' own stores inside this installation's network, as `host:port` with commas between: lines may be delivered there without TLS. Every other one is a public address with TLS.",
    },
    s.places,
  ),
  SIGN_UP: s.setting(
    {
      default: 'open',
      meaning: 'Who may create a customer: `open` anybody, `code` whoever knows it, `closed` nobody.',
    },
    s.oneOf(['open', 'code', 'closed']),
  ),
  SIGN_UP_CODE: s.optional({ otherwise: 'none', meaning: 'The code that `SIGN_UP=code` asks for.' }, s.text),
  DEMO: s.setting(
    { default: 'on', meaning: 'Whether an empty database gets the demo customer, and its shop runs.' },
    s.yesOrNo,
  ),
  NODE_ID: s.setting({ default: 'live-1', meaning: 'Name of this live node in tickets.' }, s.identifier),
  JOURNAL_PORT: s.setting(
    {
      default: '0',
      meaning: 'Port on which `records` hears its live nodes; 0 takes a free one, which `main` tells `live`.',
    },
    s.port,
  ),
  JOURNAL_URL: s.optional(
    {
      otherwise: 'told by `main`',
      meaning: 'Where a `live` that is started alone finds `records`, as `ws://127.0.0.1:PORT/journal`.',
    },
    s.socketUrl,
  ),
  JOURNAL_SECRET: s.optional(
    {
      otherwise: 'made at the first start',
      meaning: 'What `live` and `records` prove to each other that they know.',
    },
    s.secret,
  ),
  CALLS: s.setting({ default: 'on', meaning: 'Whether voice and video are offered.' }, s.yesOrNo),
  CALLS_PORT: s.setting(
    {
      default: '0',
      meaning:
        'UDP and TCP port of the first media worker, each further one takes the next; 0 takes free ones. Give one where a firewall has to let it through.',
    },
    s.port,
  ),
  CALLS_ADDRESS: s.optional(
    {
      otherwise: '`HOST`',
      meaning:
        'Address the media workers listen on, or one of IPv4 and one of IPv6 with a comma between. Where it is every address of one family, an announced address of the other adds that family.',
    },
    s.addressPair,
  ),
  CALLS_ANNOUNCED_ADDRESS: s.optional(
    {
      otherwise: '`CALLS_ADDRESS`',
      meaning:
        'Address or name that browsers send their media to, or one for IPv4 and one for IPv6 with a comma between.',
    },
    s.hostPair,
  ),
  TURN_URLS: s.optional(
    {
      otherwise: 'none',
      meaning:
        'TURN servers for whoever cannot reach the media port, as `turn:turn.example:3478?transport=udp` or `turns:turn.example:443`, with commas between.',
    },
    s.turnUrls,
  ),
  TURN_SECRET: s.optional(
    {
      otherwise: 'none',
      meaning:
        'What the TURN servers and `live` both know (`static-auth-secret`), of which passwords for ten minutes are made.',
    },
    s.secret,
  ),
  TURN_UNKNOWN_VERSION: s.optional(
    {
      otherwise: '`refuse` in production, else `warn`',
      meaning:
        'What becomes of a start with a TURN server that does not say its version. Production is `NODE_ENV=production`, `HOST` outside loopback, or https.',
    },
    s.oneOf(['refuse', 'warn']),
  ),
  CALLS_WORKERS: s.optional({ otherwise: 'one per core', meaning: 'How many media workers run.' }, s.count),
  MEDIASOUP_WORKER_BIN: s.optional(
    { otherwise: 'provided by the start', meaning: 'The media worker to use.' },
    s.text,
  ),
  MEDIA_WORKER_STATUS_FILE: s.optional(
    {
      otherwise: 'none',
      meaning:
        'Where the start writes how far the provision of the media worker is; calls come on by themselves.',
    },
    s.text,
  ),
  LOG_LEVEL: s.setting(
    { default: 'info', meaning: 'The least important log lines that are written.' },
    s.oneOf(['error', 'warn', 'info', 'debug']),
  ),
} as const satisfies Record<string, s.Setting<unknown>>;

export type SettingName = keyof typeof settingsTable;
export type Settings = {
  readonly [K in SettingName]: (typeof settingsTable)[K] extends s.Setting<infer T> ? T : never;
};
