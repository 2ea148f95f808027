// Runs the journeys in Debian's Chromium against the built service; fakes devices and nothing else.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findMediaWorker } from './media-worker/provide-media-worker.mjs';

const root = new URL('..', import.meta.url).pathname;
const { env } = process;

const isRoot = process.getuid?.() === 0;
const flags = [
  // Chromium refuses its own sandbox to root.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // Two people share one screen here: a window behind another one must go on working as on a screen of its own.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Where the tests run alone, without the set-up that names it, it is the one in the cache of this machine. */
async function mediaWorkerBin() {
  if (env.MEDIASOUP_WORKER_BIN) return env.MEDIASOUP_WORKER_BIN;
  const found = await findMediaWorker({ root });
  if (found?.state !== 'ready') return undefined;
  // The processes that run the tests read this file as well: they need not look again.
  env.MEDIASOUP_WORKER_BIN = found.bin;
  return found.bin;
}

/** What the service is given of this environment: no setting of a developer's own start may reach it. */
function serviceEnvironment() {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'XDG_CACHE_HOME'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** What repeats faults or loses the network for long runs in the full run only. */
const fullOnly = env.TEST_FULL ? [] : ['**/*.full.spec.ts'];

/** A story told in order, and faults that take their time. */
const LONG = ['**/new-customer.spec.ts', '**/faults.spec.ts', '**/database-loss.spec.ts'];

// biome-ignore lint/style/noDefaultExport: Playwright reads its configuration from the default export.
export default defineConfig({
  testDir: `${root}e2e`,
  // What ends otherwise belongs to vitest.
  testMatch: '**/*.spec.ts',
  outputDir: `${root}e2e/test-results`,
  // Single tests may say that they are for the full run.
  ...(env.TEST_FULL ? {} : { grepInvert: /@full/ }),
  // Each worker has a service of its own; much of a test is waiting, so that three fill two cores.
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Helsinki',
    viewport: { width: 1280, height: 800 },
    // Traces would write down what pages show; a failing step says what it waited for.
    trace: 'off',
    video: 'off',
    screenshot: 'off',
    launchOptions: {
      executablePath: env.CHROMIUM_BIN ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined),
      args: flags,
    },
    mediaWorkerBin: await mediaWorkerBin(),
    serviceEnv: serviceEnvironment(),
  },
  // The longest, each on a service of its own, come first: at the end nobody waits for one of them.
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'parts', testIgnore: [...LONG, ...fullOnly] },
  ],
});
