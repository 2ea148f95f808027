// One runner for unit, contract and server-scenario tests; browser tests belong to Playwright (e2e/).
import { defineConfig } from 'vitest/config';

// What takes long (rounds, kills, long losses) runs in the full run only.
const full = process.env.TEST_FULL ? [] : ['**/*.full.test.ts'];

/** They start whole services, as the server scenarios do: each on ports and in a data folder of its own. */
const SCENARIOS_OF_INFRA = ['infra/bootstrap/start.test.ts', 'infra/container/container-start.full.test.ts'];

/** It builds what started services serve, so it belongs to a runner that starts none. */
const RELEASE = 'infra/release/release.full.test.ts';

/** What two implementations of one interface are both held to. */
const CONTRACTS = '**/*.contract.test.ts';

/** Scenarios between browsers: a machine that only checks has none. */
const IN_BROWSERS = 'server/test/*.browser.test.ts';

/** Of which one side has a Postgres of its own. */
const CONTRACTS_OF_RECORDS = 'server/test/*.contract.test.ts';

/** Both ends of the frames' protocol against each other, and tools that start programs: seconds each, no units. */
const BOTH_ENDS = [
  'packages/frames/**/*.test.ts',
  'packages/transfer/src/{decide,golden-table}.test.ts',
  'infra/demo-shop/src/{main,start-demo-shop}.test.ts',
  'infra/bootstrap/{ensure-dependencies,ensure-media-worker,run-command,run-server,with-lock}.test.ts',
];

/** They put something else in a module's place, which others who share what is imported would find there as well. */
export const MODULES_OF_THEIR_OWN = [
  'visitor-sdk/src/call/call-part.test.ts',
  'visitor-sdk/src/cobrowse/moving/moving-pictures.test.ts',
  'visitor-sdk/src/panel/panel-controller.test.ts',
  'visitor-sdk/src/panel/session/engagement-session.test.ts',
  'visitor-sdk/src/panel/session/signal-connection.test.ts',
  'visitor-sdk/src/loader/alongside-sdk.test.ts',
  'visitor-sdk/src/embedding/site-client.test.ts',
  'agent-console/src/engagement/call/call-media.test.ts',
  'agent-console/src/engagement/call/call-client.test.ts',
  'agent-console/src/expert/expert-visit.test.ts',
  'agent-console/src/live/desk.test.ts',
  'agent-console/src/live/live-connection.test.ts',
];

/** What is waited for comes at once on a calm machine, and three scenarios at a time make none. */
const PATIENT = { timeout: 15_000 };

/** The cluster that every test with a Postgres of its own begins with. */
const CLUSTER_TEMPLATE = 'server/test/cluster-template.ts';

const shared = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // The default leaves a core idle, which on two cores is half of them.
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          // The compiler, the linter and the fences run beside it.
          testTimeout: 20000,
          // What they import is read once by each worker, not once by each file.
          isolate: false,
          include: [
            'packages/**/*.test.ts',
            'server/src/**/*.test.ts',
            'visitor-sdk/**/*.test.ts',
            'agent-console/**/*.test.ts',
            'infra/**/*.test.ts',
          ],
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            ...SCENARIOS_OF_INFRA,
            RELEASE,
            CONTRACTS,
            ...BOTH_ENDS,
            ...MODULES_OF_THEIR_OWN,
            ...full,
          ],
        },
      },
      { ...shared, test: { name: 'unit-alone', include: MODULES_OF_THEIR_OWN } },
      {
        ...shared,
        test: {
          name: 'server',
          // As of the units: to load the service anew for each file took a quarter of their time.
          isolate: false,
          include: ['server/test/**/*.test.ts', ...SCENARIOS_OF_INFRA],
          exclude: ['**/node_modules/**', IN_BROWSERS, ...full],
          testTimeout: 30000,
          hookTimeout: 60000,
          expect: { poll: PATIENT },
          globalSetup: CLUSTER_TEMPLATE,
        },
      },
      {
        ...shared,
        test: {
          name: 'calls',
          include: [IN_BROWSERS],
          testTimeout: 60000,
          hookTimeout: 60000,
        },
      },
      {
        ...shared,
        test: {
          name: 'proof',
          include: ['e2e/proof/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', ...full],
          testTimeout: 20000,
          hookTimeout: 60000,
        },
      },
      {
        ...shared,
        test: {
          name: 'contract',
          isolate: false,
          include: [CONTRACTS, RELEASE, ...BOTH_ENDS],
          exclude: ['**/node_modules/**', '**/dist/**', CONTRACTS_OF_RECORDS, ...full],
          testTimeout: 20000,
          hookTimeout: 60000,
        },
      },
    ],
  },
});
