/** What the configuration accepts, and that every fault is told at once. */

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readConfig as readConfigOf } from './config.js';
import { settingsMarkdown } from './settings-markdown.js';
import { settingsTable } from './settings-table.js';

/** The runner's own flags are not those of a start. */
const readConfig = (env: Readonly<Record<string, string>>) => readConfigOf(env, []);

describe('The configuration', () => {
  it('of an empty environment listens on loopback with the documented ports', () => {
    const reading = readConfig({});
    if (!reading.ok) throw new Error(reading.faults.join(' '));
    expect(reading.config.host).toBe('127.0.0.1');
    const { console: page, live, replay, shop } = reading.config.places;
    expect([page.port, live.port, replay.port, shop.port]).toEqual([3000, 3001, 3002, 3003]);
  });

  it('is frozen to its leaves', () => {
    const reading = readConfig({});
    if (!reading.ok) throw new Error(reading.faults.join(' '));
    expect(Object.isFrozen(reading.config.places.live)).toBe(true);
    expect(Object.isFrozen(reading.config.trustedProxies)).toBe(true);
  });

  it('names every fault at once', () => {
    const reading = readConfig({
      CONSOLE_PORT: '70000',
      STORAGE_COUNTRY: 'finland',
      LIVE_URL: 'live.example/path',
      DEMO: 'maybe',
      DEBUG: 'socket.io*',
      NODE_OPTIONS: '--inspect=0.0.0.0:9229',
    });
    const faults = reading.ok ? '' : reading.faults.join('\n');
    for (const name of [
      'CONSOLE_PORT',
      'STORAGE_COUNTRY',
      'LIVE_URL',
      'DEMO',
      'DEBUG',
      '--inspect=0.0.0.0:9229',
    ]) {
      expect(faults).toContain(name);
    }
  });

  it('[T1] names no framework that was struck down as whoever hosts anything', () => {
    const reading = readConfig({
      STORAGE_HOST: 'Host Inc (EU-US Privacy Shield)',
      LIVE_HOST: 'Safe Harbor Inc',
    });
    expect(reading.ok ? [] : reading.faults).toEqual([
      expect.stringMatching(/^STORAGE_HOST is refused: .*16 July 2020.*C-311\/18\.$/),
      expect.stringMatching(/^LIVE_HOST is refused: .*6 October 2015.*C-362\/14\.$/),
    ]);
  });

  it('tells what contradicts itself together with what cannot be read, and guesses nothing of that', () => {
    const tls = { HOST: '0.0.0.0', TLS_KEY_FILE: '/k.pem', SIGN_UP: 'code', CALLS: 'off' };
    const unreadable = { STORAGE_COUNTRY: 'x', REPLAY_URL: 'replay', TRUSTED_PROXIES: 'everybody' };
    const reading = readConfig({ ...tls, ...unreadable, CONSOLE_URL: 'http://help.example' });
    const faults = reading.ok ? [] : reading.faults;
    const namedFirst = faults.map((fault) => fault.split(' ')[0]);
    expect(namedFirst.toSorted()).toEqual(
      [
        ...Object.keys(unreadable),
        ...['TLS_CERT_FILE', 'CONSOLE_URL', 'LIVE_URL', 'SIGN_UP_CODE'],
      ].toSorted(),
    );
  });

  it('refuses to listen outside loopback without TLS or a proxy that terminates it', () => {
    for (const env of [{ HOST: '0.0.0.0' }, { HOST: '192.0.2.7' }, { HOST: '::' }]) {
      const reading = readConfig(env);
      expect(reading.ok ? '' : reading.faults.join('\n')).toContain('TRUSTED_PROXIES');
    }
    const urls = {
      CONSOLE_URL: 'https://help.example',
      LIVE_URL: 'https://live.example',
      REPLAY_URL: 'https://replay.example',
    };
    const outside = { HOST: '0.0.0.0', CALLS_ANNOUNCED_ADDRESS: '192.0.2.7', ...urls };
    expect(readConfig({ ...outside, TRUSTED_PROXIES: '10.0.0.1', CALLS_ANNOUNCED_ADDRESS: '' }).ok).toBe(
      false,
    );
    expect(readConfig({ ...outside, TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16' }).ok).toBe(true);
    expect(readConfig({ ...outside, TLS_CERT_FILE: '/c.pem', TLS_KEY_FILE: '/k.pem' }).ok).toBe(true);
    for (const name of Object.keys(urls)) {
      const plain = { ...outside, TRUSTED_PROXIES: '10.0.0.1', [name]: 'http://x.example' };
      expect(readConfig(plain)).toEqual({
        ok: false,
        faults: [`${name} must be an https address outside loopback.`],
      });
    }
  });

  it('does not take half of what belongs together', () => {
    for (const env of [
      { TLS_CERT_FILE: '/c.pem' },
      { SIGN_UP: 'code' },
      { DATABASE_APP_URL: 'postgres://a@localhost/b' },
      { DATABASE_URL: 'postgres://a@localhost/b' },
      { TURN_URLS: 'turn:turn.example' },
      { TURN_SECRET: 't'.repeat(32) },
    ]) {
      expect(readConfig(env).ok).toBe(false);
    }
  });

  it('tells a relay from what is none, and never what its secret is', () => {
    const secret = 'too-short-a-secret';
    for (const url of ['stun:turn.example', 'turns:turn.example?transport=udp', 'turn:u@turn.example']) {
      const reading = readConfig({ TURN_URLS: url, TURN_SECRET: secret });
      const faults = reading.ok ? '' : reading.faults.join(' ');
      expect(faults).toContain('TURN_URLS must be');
      expect(faults).toContain('TURN_SECRET must be');
      expect(faults).not.toContain(secret);
    }
  });

  it('refuses an old relay in production, and warns of it elsewhere', () => {
    const turn = { TURN_URLS: 'turn:a.example, turns:b.example:443', TURN_SECRET: 't'.repeat(32) };
    const turnOf = (env: Readonly<Record<string, string>>) => {
      const reading = readConfig({ ...turn, ...env });
      if (!reading.ok) throw new Error(reading.faults.join(' '));
      return reading.config.calls.turn;
    };
    const urls = ['turn:a.example', 'turns:b.example:443'];
    expect(turnOf({})).toMatchObject({ urls, old: 'warn', unknown: 'warn' });
    expect(turnOf({ NODE_ENV: 'production' })).toMatchObject({ old: 'refuse', unknown: 'refuse' });
    expect(turnOf({ CONSOLE_URL: 'https://help.example' })).toMatchObject({ old: 'refuse' });
    const known = { NODE_ENV: 'production', TURN_UNKNOWN_VERSION: 'warn' };
    expect(turnOf(known)).toMatchObject({ old: 'refuse', unknown: 'warn' });
  });

  it('listens for media in both families where both are announced', () => {
    const reading = readConfig({
      CALLS_ADDRESS: '0.0.0.0',
      CALLS_ANNOUNCED_ADDRESS: '192.0.2.7, 2001:db8::7',
    });
    expect(reading.ok && reading.config.calls.places).toEqual([
      { address: '0.0.0.0', announcedAddress: '192.0.2.7' },
      { address: '::', announcedAddress: '2001:db8::7' },
    ]);
    expect(readConfig({ CALLS_ADDRESS: '127.0.0.1,::1,10.0.0.1' }).ok).toBe(false);
  });

  it('reads an empty variable as one that is not set', () => {
    const reading = readConfig({ HOST: '', LIVE_URL: ' ' });
    expect(reading.ok && reading.config.places.live.url).toBe(undefined);
  });

  it('stands in the README as it is', async () => {
    const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(settingsMarkdown());
    for (const name of Object.keys(settingsTable)) expect(readme).toContain(`\`${name}\``);
  });
});
