/** The Dockerfile names what is there, runs as nobody special, and installs what the recipe of the worker asks for. */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/src/app/config.js';
import { settingsTable } from '../../server/src/app/settings-table.js';
import { commandOf, copiesOf, environmentOf, instructionOf, readDockerfile } from './dockerfile.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const stages = readDockerfile(new URL('../Dockerfile', import.meta.url));
const runtime = stages.at(-1);
if (runtime === undefined) throw new Error('The Dockerfile has no stage.');
const packagesIn = (text: string) =>
  (/--no-install-recommends\s+(.*?)\s+&&/.exec(text)?.[1] ?? '').split(/\s+/).filter(Boolean);

describe('the Dockerfile', () => {
  it('is made of the same Node in every stage', () => {
    expect(stages.length).toBeGreaterThan(2);
    for (const { image } of stages) expect(image).toMatch(/^node:24-bookworm(-slim)?$/);
  });

  it('copies from stages that exist, and from the repository what is there', () => {
    const names = stages.map(({ name }) => name);
    for (const [at, stage] of stages.entries()) {
      for (const { from, sources } of copiesOf(stage)) {
        if (from !== '') expect(names.slice(0, at)).toContain(from);
        const paths = sources.map((source) => source.replace(/^\/build\//, ''));
        const own = paths.filter((path) => path !== 'node_modules' && path !== '/mediasoup-worker');
        expect(own.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
      }
    }
  });

  it('gives the installation of packages every workspace', () => {
    const production = stages.find(({ name }) => name === 'production');
    if (production === undefined) throw new Error('There is no stage named production.');
    const copied = copiesOf(production).flatMap(({ sources }) => sources);
    const lock = JSON.parse(read('package-lock.json'));
    const workspaces = Object.keys(lock.packages).filter(
      (path) => path !== '' && !path.includes('node_modules'),
    );
    expect(workspaces.length).toBeGreaterThan(8);
    for (const path of workspaces) expect(copied).toContain(`${path}/package.json`);
    expect(instructionOf(production, 'RUN')).toMatch(/^npm ci --omit=dev --workspace=server /);
  });

  it('builds the media worker with the packages of its recipe', () => {
    const stage = stages.find(({ name }) => name === 'media-worker');
    const recipe = JSON.parse(read('infra/media-worker/recipe/recipe.json'));
    const wanted = recipe.packages.map(({ name }: { name: string }) => name);
    const installed = packagesIn(stage?.instructions.find(({ name }) => name === 'RUN')?.rest ?? '');
    expect(installed.toSorted()).toEqual(wanted.toSorted());
  });

  it('runs as an account without rights, of which the number is written', () => {
    expect(instructionOf(runtime, 'USER')).toMatch(/^[1-9]\d{4}:[1-9]\d{4}$/);
  });

  it('runs npm nowhere in the end, and a program that is copied', () => {
    const [program, file = ''] = commandOf(instructionOf(runtime, 'CMD'));
    expect(program).toBe('node');
    const targets = copiesOf(runtime).map(({ target }) => target);
    expect(targets.some((target) => file === target || file.startsWith(`${target}/`))).toBe(true);
    const [, health = ''] = /CMD (.*)$/.exec(instructionOf(runtime, 'HEALTHCHECK')) ?? [];
    expect(targets).toContain(commandOf(health)[1]);
    expect(runtime.instructions.some(({ rest }) => rest.includes('npm'))).toBe(false);
  });

  it('sets nothing that is no setting, and settings that can be read', () => {
    const { NODE_ENV, ...settings } = environmentOf(runtime);
    expect(NODE_ENV).toBe('production');
    expect(Object.keys(settings).filter((name) => !(name in settingsTable))).toEqual([]);
    const given = {
      ...{ SIGN_UP_CODE: 'a code', TRUSTED_PROXIES: '172.31.77.2', CALLS_ANNOUNCED_ADDRESS: '192.0.2.7' },
      ...{ CONSOLE_URL: 'https://console.help.example', LIVE_URL: 'https://live.help.example' },
      REPLAY_URL: 'https://replay.example',
    };
    expect(readConfig({ ...settings, ...given }, [])).toMatchObject({ ok: true });
    // Alone it does not start: outside loopback somebody has to answer for TLS.
    expect(readConfig(settings, [])).toMatchObject({ ok: false });
  });
});
