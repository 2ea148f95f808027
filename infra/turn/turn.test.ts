/** What is written down for the relay fits the rest: settings, ports, the version floor, and nobody who is let in. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/src/app/config.js';
import { judgeTurnSoftware } from '../../server/src/live/call/turn-version.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const text = read('compose.yaml');
const { services } = parse(text);
const configuration = read('turnserver.conf').split('\n');
const valuesOf = (name: string) =>
  configuration.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));

const given: Readonly<Record<string, string>> = {
  TURN_HOST: 'turn.help.example',
  TURN_SECRET: 't'.repeat(32),
  TURN_CERTIFICATES: '/srv/certificates',
  PUBLIC_ADDRESS: '192.0.2.7',
};
const substituted = (value: string) =>
  value.replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => given[name] ?? '');

describe('The compose file of the relay', () => {
  it('says in its head which variables somebody has to give beside those of the first file', () => {
    const wanted = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1] ?? ''));
    expect([...wanted].toSorted()).toEqual(Object.keys(given).toSorted());
    const head = `${text.slice(0, text.indexOf('services:'))}${read('../compose.yaml')}`;
    for (const name of wanted) expect(head).toContain(name);
  });

  it('gives live settings that it can read, with an address for each port that is published', () => {
    const environment = Object.entries<string>(services.live.environment);
    const reading = readConfig(
      Object.fromEntries(environment.map(([name, value]) => [name, substituted(value)])),
      [],
    );
    if (!reading.ok) throw new Error(reading.faults.join(' '));
    const ports = reading.config.calls.turn?.urls.map((url) => {
      const [, port, transport] = /:(\d+)\?transport=(\w+)$/.exec(url) ?? [];
      return `${port}:${port}/${transport}`;
    });
    expect(services.turn.ports).toEqual(ports);
    const listened = [...valuesOf('listening-port'), ...valuesOf('tls-listening-port')];
    expect(new Set(ports?.map((port) => port.split(':')[0]))).toEqual(new Set(listened));
  });

  it('runs a version that live would let pass, confined, and lets it reach the media servers alone', () => {
    const [, version] = /:([\d.]+)-r\d+$/.exec(services.turn.image) ?? [];
    expect(judgeTurnSoftware(`Coturn-${version}`)).toBe('good');
    expect(services.turn).toMatchObject({ read_only: true, cap_drop: ['ALL'], networks: ['relay'] });
    expect(services.turn.environment.TURN_PEERS).toContain('PUBLIC_ADDRESS');
    expect(services.turn.environment.TURN_SECRET).toBe(services.live.environment.TURN_SECRET);
  });
});

describe('The configuration of the relay', () => {
  it('denies what leads inside, then everything, and says its version', () => {
    const denied = valuesOf('denied-peer-ip');
    expect(denied).toContain('::ffff:0:0-::ffff:ffff:ffff');
    expect(denied.slice(-2)).toEqual([
      '0.0.0.0-255.255.255.255',
      '::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
    expect(valuesOf('allowed-peer-ip')).toEqual([]);
    for (const word of ['software-attribute', 'use-auth-secret', 'no-cli', 'no-tcp-relay']) {
      expect(configuration).toContain(word);
    }
  });

  it('holds no secret, no password and no way around them', () => {
    expect(configuration.join('\n')).not.toMatch(
      /^(static-auth-secret|user|cli-password|no-auth|allow-loopback-peers)(=|$)/m,
    );
  });
});
