/** The compose file has the shape that engines take, and says to the server what the server can read. */

import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/src/app/config.js';
import { serverSettings } from '../../server/src/app/embedded-postgres/postgres-settings.js';
import { settingsTable } from '../../server/src/app/settings-table.js';
import { environmentOf, readDockerfile } from './dockerfile.js';

const here = new URL('../', import.meta.url);
const text = readFileSync(new URL('compose.yaml', here), 'utf8');

const Port = v.pipe(v.string(), v.regex(/^\d+(-\d+)?:\d+(-\d+)?(\/(udp|tcp))?$/));
const Duration = v.pipe(v.string(), v.regex(/^\d+(s|m)$/));
const Environment = v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/)), v.string());
const Volume = v.pipe(v.string(), v.regex(/^[^:]+:\/[^:]*(:ro)?$/));
const Service = v.strictObject({
  logging: v.strictObject({ driver: v.literal('journald'), options: v.strictObject({ tag: v.string() }) }),
  image: v.string(),
  build: v.optional(v.strictObject({ context: v.string(), dockerfile: v.string() })),
  restart: v.picklist(['no', 'always', 'on-failure', 'unless-stopped']),
  command: v.optional(v.array(v.string())),
  environment: v.optional(Environment),
  depends_on: v.optional(
    v.record(v.string(), v.strictObject({ condition: v.picklist(['service_started', 'service_healthy']) })),
  ),
  ports: v.optional(v.array(Port)),
  volumes: v.optional(v.array(Volume)),
  networks: v.optional(
    v.union([
      v.array(v.string()),
      v.record(v.string(), v.strictObject({ ipv4_address: v.pipe(v.string(), v.ipv4()) })),
    ]),
  ),
  network_mode: v.optional(v.pipe(v.string(), v.regex(/^service:[a-z]+$/))),
  user: v.optional(v.pipe(v.string(), v.regex(/^\d+:\d+$/))),
  healthcheck: v.optional(
    v.union([
      v.strictObject({
        test: v.array(v.string()),
        interval: Duration,
        timeout: Duration,
        retries: v.number(),
      }),
      v.strictObject({ disable: v.literal(true) }),
    ]),
  ),
  mem_limit: v.optional(v.pipe(v.string(), v.regex(/^\d+[mg]$/))),
  pids_limit: v.optional(v.number()),
  read_only: v.optional(v.boolean()),
  tmpfs: v.optional(v.array(v.string())),
  cap_drop: v.optional(v.array(v.string())),
  security_opt: v.optional(v.array(v.string())),
  ulimits: v.optional(v.record(v.string(), v.number())),
  init: v.optional(v.boolean()),
  stop_grace_period: v.optional(Duration),
});
const Compose = v.strictObject({
  name: v.string(),
  'x-confined': v.unknown(),
  'x-addresses': v.unknown(),
  'x-logged': v.unknown(),
  services: v.strictObject({
    postgres: Service,
    ground: Service,
    records: Service,
    live: Service,
    proxy: Service,
  }),
  volumes: v.record(v.string(), v.null()),
  networks: v.record(
    v.string(),
    v.strictObject({
      internal: v.optional(v.boolean()),
      ipam: v.optional(v.strictObject({ config: v.array(v.strictObject({ subnet: v.string() })) })),
    }),
  ),
});

const compose = v.parse(Compose, parse(text, { merge: true }));
const { postgres, ground, records, live, proxy } = compose.services;

/** As an engine does it; a variable that nobody gave is a fault. */
function substituted(environment: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>) {
  const resolve = (value: string) =>
    value.replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => {
      const found = given[name];
      if (found === undefined) throw new Error(`${name} is wanted`);
      return found;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, resolve(value)]));
}

const given = {
  POSTGRES_PASSWORD: 'letters1',
  CONSOLE_DOMAIN: 'console.help.example',
  LIVE_DOMAIN: 'live.help.example',
  REPLAY_DOMAIN: 'replay.example',
  PUBLIC_ADDRESS: '192.0.2.7',
  STORAGE_COUNTRY: 'FI',
  SIGN_UP_CODE: 'a code',
  JOURNAL_SECRET: 'j'.repeat(32),
};

describe('the compose file', () => {
  it('names only volumes, networks and files that are there', () => {
    for (const service of Object.values(compose.services)) {
      const { networks: joined = [] } = service;
      const networks = Array.isArray(joined) ? joined : Object.keys(joined);
      expect(service.networks === undefined).toBe(service.network_mode !== undefined);
      expect(networks.filter((name) => !(name in compose.networks))).toEqual([]);
      for (const volume of service.volumes ?? []) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('.')) expect(existsSync(new URL(from, here))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(from);
      }
    }
    const { context = '', dockerfile = '' } = ground.build ?? {};
    expect(existsSync(new URL(`${context}/${dockerfile}`, here))).toBe(true);
  });

  it('gives the server settings that it can read', () => {
    const image = readDockerfile(new URL('../Dockerfile', import.meta.url)).at(-1);
    const { NODE_ENV: _, ...ofImage } = image === undefined ? {} : environmentOf(image);
    for (const service of [records, live]) {
      const { UV_USE_IO_URING, ...settings } = substituted(service.environment ?? {}, given);
      expect(UV_USE_IO_URING).toBe('0');
      expect(Object.keys(settings).filter((name) => !(name in settingsTable))).toEqual([]);
      const reading = readConfig({ ...ofImage, ...settings }, []);
      if (!reading.ok) throw new Error(reading.faults.join('\n'));
      expect(reading.config.trustedProxies).toEqual(['172.31.77.2']);
    }
  });

  it('gives live another account than records, and nothing of the database', () => {
    expect(records.user).toMatch(/^10001:/);
    expect(live.user).toBe('65534:65534');
    const names = Object.keys(live.environment ?? {});
    expect(names.filter((name) => /DATABASE|POSTGRES|DATA_DIR/.test(name))).toEqual([]);
    expect(Object.values(live.environment ?? {}).join()).not.toMatch(/postgres|POSTGRES_PASSWORD/);
  });

  it('lets live find the journal where records has it, on a loopback that nobody else is on', () => {
    expect([records.network_mode, live.network_mode]).toEqual(['service:ground', 'service:ground']);
    const inGround = Object.values(compose.services).filter(({ network_mode }) => network_mode !== undefined);
    expect(inGround).toHaveLength(2);
    const { JOURNAL_URL, JOURNAL_SECRET } = live.environment ?? {};
    expect(JOURNAL_URL).toBe(`ws://127.0.0.1:${records.environment?.JOURNAL_PORT}/journal`);
    expect(JOURNAL_SECRET).toBe(records.environment?.JOURNAL_SECRET);
  });

  it('says in its head which variables somebody has to give', () => {
    const wanted = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1] ?? ''));
    expect([...wanted].toSorted()).toEqual(Object.keys(given).toSorted());
    const head = text.slice(0, text.indexOf('name:'));
    for (const name of wanted) expect(head).toContain(name);
  });

  it('trusts the proxy, and nobody else', () => {
    const { networks = [] } = proxy;
    const { outside } = Array.isArray(networks) ? {} : networks;
    for (const { environment } of [records, live]) {
      expect(environment?.TRUSTED_PROXIES).toBe(outside?.ipv4_address);
    }
    expect(compose.networks.inside?.internal).toBe(true);
    expect(postgres.networks).toEqual(['inside']);
    expect(postgres.ports).toBeUndefined();
  });

  it('opens as many ports for calls as there are media workers', () => {
    const first = Number(live.environment?.CALLS_PORT);
    const last = first + Number(live.environment?.CALLS_WORKERS) - 1;
    const range = `${first}-${last}:${first}-${last}`;
    expect(ground.ports?.toSorted()).toEqual([`${range}/tcp`, `${range}/udp`]);
  });

  it('keeps rows out of the log of Postgres as the embedded one does', () => {
    const ours = serverSettings(5432).filter(
      (word) => word.startsWith('log_') && word !== 'log_timezone=UTC',
    );
    expect(ours.length).toBeGreaterThan(8);
    for (const setting of ours) expect(postgres.command).toContain(setting);
    expect(postgres.command?.join(' ')).not.toMatch(/fsync|full_page_writes|synchronous_commit/);
  });

  it('lets records write its data folder and memory, and live nothing at all', () => {
    for (const service of [ground, records, live]) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true });
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
      expect(service.ulimits?.core).toBe(0);
      expect(service.pids_limit).toBeGreaterThan(0);
      expect(service.mem_limit).toBeDefined();
    }
    expect(records.tmpfs).toEqual(['/tmp']);
    expect(records.volumes).toEqual([`data:${records.environment?.DATA_DIR}`]);
    expect([live.volumes, live.tmpfs, live.ulimits?.fsize]).toEqual([undefined, undefined, 0]);
  });

  it('has the log lines of every service go after thirty days', () => {
    for (const { logging } of Object.values(compose.services)) expect(logging.driver).toBe('journald');
    const journal = readFileSync(new URL('journald-alongside.conf', here), 'utf8');
    const [, days = '99'] = /^MaxRetentionSec=(\d+)day$/m.exec(journal) ?? [];
    expect(Number(days)).toBeLessThanOrEqual(30);
    // A file goes as a whole: one that holds longer than a day would keep its oldest lines for as long again.
    expect(journal).toMatch(/^MaxFileSec=1day$/m);
  });

  it('has a proxy that leads each address to its server', () => {
    const caddyfile = readFileSync(new URL('proxy/Caddyfile', here), 'utf8');
    const leads = [...caddyfile.matchAll(/^\{\$(\w+)\} \{\s+reverse_proxy ground:(\d+)/gm)];
    expect(leads.map(([, name, port]) => [name, port])).toEqual([
      ['CONSOLE_DOMAIN', '3000'],
      ['LIVE_DOMAIN', '3001'],
      ['REPLAY_DOMAIN', '3002'],
    ]);
    for (const [, name = ''] of leads) expect(proxy.environment).toHaveProperty(name);
    expect(caddyfile).not.toMatch(/^\s*log\s+\{[^}]*output file/m);
  });
});
