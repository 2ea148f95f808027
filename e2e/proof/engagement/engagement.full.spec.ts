/** The engagement of the proof by itself: that every canary which is meant to travel does, and no other one. */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../fixtures.js';
import { readDemoSignIns } from '../../service/demo-sign-ins.js';
import type { Service } from '../../service/service.js';
import { Scanner } from '../scan/scanner.js';
import type { ServiceUnderProof, WritablePlaces } from '../service-under-proof.js';
import { scanProfiles } from '../short/profiles.js';
import { countMedia } from './media-counts.js';
import { browserFlags } from './participants.js';
import type { EngagementRun } from './run-engagement.js';
import { runEngagement } from './run-engagement.js';

test.describe.configure({ timeout: 240_000 });
test.use({ serviceName: 'that the engagement of the proof is played on' });

for (const length of ['mutants', 'short'] as const) {
  test(`the ${length} form carries every canary that is meant to travel, and no other`, async ({
    service,
    serviceEnv,
    launchOptions,
  }) => {
    const root = await mkdtemp(join(tmpdir(), 'alongside-engagement-'));
    const startedAt = Date.now();
    let ended = 0;
    const underProof = await asUnderProof(service, root);
    const run = await runEngagement({
      service: underProof,
      length,
      ending: 'clean',
      browser: {
        executablePath: launchOptions.executablePath,
        args: browserFlags(process.getuid?.() === 0),
        environment: serviceEnv,
      },
      end: async () => {
        ended += 1;
      },
    });
    test.info().annotations.push({ type: 'figures', description: figures(run, Date.now() - startedAt) });
    const scanner = new Scanner(run.wanted, run.controls);
    const profiles = await scanProfiles(scanner, underProof.places);
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
    expect(run.faults).toEqual([]);
    expect(profiles.findings, 'a browser has kept what it must not').toEqual([]);
    expect(profiles.bytesScanned).toBeGreaterThan(100_000);
    expect(ended).toBe(1);
    expect(run.registeredFrames / run.sentFrames).toBeGreaterThanOrEqual(0.95);
    expect(run.wanted.keys.length).toBeGreaterThanOrEqual(run.epochs);
    expect(run.wanted.canaries.length).toBeGreaterThan(100);
    expect(run.wanted.bodies.length).toBeGreaterThan(80);
    if (length !== 'mutants') expect(countMedia(run.wanted.media ?? []).length).toBe(6);
    expect(run.controls.map(({ name }) => name)).toContain('survey answer');
  });
}

function figures(
  { wanted, sentFrames, registeredFrames, epochs, steps }: EngagementRun,
  tookMs: number,
): string {
  return [
    `${Math.round(tookMs / 100) / 10} s`,
    `${wanted.canaries.length} canaries`,
    `${wanted.bodies.length} bodies`,
    `${registeredFrames} of ${sentFrames} frames`,
    `${wanted.keys.length} keys`,
    `${epochs} epochs`,
    ...countMedia(wanted.media ?? []).map(
      ({ what, pieces, bytes }) => `${what}: ${pieces} of ${bytes} bytes`,
    ),
    ...steps.map(({ step, tookMs: stepMs }) => `${step} ${stepMs} ms`),
  ].join(', ');
}

/** A service as the journeys start it, with folders for what the browsers write. */
async function asUnderProof(service: Service, root: string): Promise<ServiceUnderProof> {
  const below = (name: string) => join(root, name);
  const places: WritablePlaces = {
    root,
    data: service.dataDir,
    temporary: below('tmp'),
    home: below('home'),
    logs: below('logs'),
    dumps: below('dumps'),
    profiles: below('profiles'),
  };
  for (const place of [places.temporary, places.home, places.profiles]) await mkdir(place);
  return {
    origins: service.origins,
    places,
    log: join(places.logs, 'service.log'),
    limits: 'on',
    databaseUrl: '',
    pid: () => Promise.reject(new Error('The engagement asks for no process.')),
    signIns: () => readDemoSignIns(service.dataDir),
    stop: () => service.stop(),
  };
}
