/** What is planted in the copy to show that the rules about sources and the graph notice it. */

/** @typedef {{ rule: import('./source-rules.mjs').RuleName, file: string, text: string }} SourceBreach */

/**
 * @param {SourceBreach['rule']} rule
 * @param {{ file: string, text: string }} source
 * @returns {SourceBreach}
 */
function breach(rule, source) {
  return { rule, ...source };
}

/** @type {readonly SourceBreach[]} */
export const SOURCE_BREACHES = [
  { rule: 'lines', file: 'packages/engagement/src/long.ts', text: '// A line.\n'.repeat(401) },
  {
    rule: 'any',
    file: 'visitor-sdk/src/loose.ts',
    text: 'export function loose(value: Record<string, any>): void {\n  void value;\n}\n',
  },
  ...[
    "console.info('a line');\n",
    "globalThis.console.info('a line');\n",
    "globalThis['console'].info('a line');\n",
    "const { console: told } = globalThis;\ntold.info('a line');\n",
    'export const told = console;\n',
    "export { log } from 'node:console';\n",
  ].map((text) => breach('console', { file: 'server/src/live/chatty.ts', text })),
  ...[
    'export const found = process.env.HOME;\n',
    "export const found = process['env'].HOME;\n",
    'export const { env } = process;\n',
    "import { env } from 'node:process';\nexport const found = env.HOME;\n",
    'export const found = (key: keyof typeof process) => process[key];\n',
    "export const found = globalThis['process'].pid;\n",
    "export const load = () => import('process');\n",
    "export const found = Reflect.get(process, 'env');\n",
  ].map((text) => breach('environment', { file: 'server/src/live/curious.ts', text })),
  { rule: 'defaultExport', file: 'agent-console/src/default.tsx', text: 'export default <p />;\n' },
  {
    rule: 'nonNull',
    file: 'packages/protocol/src/sure.ts',
    text: 'export const sure = (list: string[]) => list[0]!;\n',
  },
  ...[
    '(frame: Frame) => frame.release()',
    "(frame: Frame) => frame['release']()",
    '(frame: Frame) => {\n  const { release } = frame;\n  return release.call(frame);\n}',
    '({ release: taken }: Frame) => taken',
  ].map((text) =>
    breach('release', {
      file: 'server/src/live/engagement/greedy.ts',
      text: `import type { Frame } from '../relay/frame.js';\nexport const bytes = ${text};\n`,
    }),
  ),
];

/** @typedef {{ fence: string, file: string, text: string, rule?: string }} GraphBreach */

const toDatabase = 'live-never-reaches-the-database';

/** @type {readonly GraphBreach[]} */
export const GRAPH_BREACHES = [
  {
    fence: 'a side-effect import of the mapper in the relay',
    file: 'server/src/live/relay/side-effect.ts',
    text: "import 'typeorm';\nexport {};\n",
    rule: toDatabase,
  },
  {
    fence: 'a dynamic import of the driver in live',
    file: 'server/src/live/dynamic.ts',
    text: "export const load = () => import('pg');\n",
    rule: toDatabase,
  },
  {
    fence: 'a type of records in live',
    file: 'server/src/live/type-only.ts',
    text: "import type { RecordsLogger } from '../records/records-logger.js';\nexport type Reached = RecordsLogger;\n",
    rule: toDatabase,
  },
  {
    fence: 'a way through a package of the rules',
    file: 'server/src/live/through-rules.ts',
    text: "import { hidden } from '../../../packages/engagement/src/hidden.js';\nexport const reached = hidden;\n",
    rule: toDatabase,
  },
  {
    fence: 'the package of the rules itself',
    file: 'packages/engagement/src/hidden.ts',
    text: "import { DataSource } from 'typeorm';\nexport const hidden = DataSource;\n",
    rule: 'rules-know-the-protocol-only',
  },
  {
    fence: 'one package of the rules in another',
    file: 'packages/transfer/src/sideways.ts',
    text: "export * from '@alongside/engagement';\n",
    rule: 'rules-know-the-protocol-only',
  },
  {
    fence: 'a file of live in the sealed relay',
    file: 'server/src/live/relay/outward.ts',
    text: "import type { LiveLogger } from '../live-logger.js';\nexport type Reached = LiveLogger;\n",
    rule: 'relay-knows-the-rules-only',
  },
  {
    fence: 'live in records',
    file: 'server/src/records/inward.ts',
    text: "export { createLive } from '../live/create-live.js';\n",
    rule: 'records-never-reaches-live',
  },
  {
    fence: 'the driver outside records',
    file: 'server/src/http/impatient.ts',
    text: "export { Client } from 'pg';\n",
    rule: 'only-records-knows-the-database',
  },
  {
    fence: 'frames opened by the server',
    file: 'server/src/live/curious.ts',
    text: "export { createSealingEngine } from '@alongside/frames';\n",
    rule: 'the-server-never-opens-frames',
  },
  {
    fence: 'media outside of calls',
    file: 'server/src/live/engagement/listening.ts',
    text: "export const load = () => import('mediasoup');\n",
    rule: 'only-calls-know-media',
  },
  {
    fence: 'a file beside media',
    file: 'server/src/live/call/written.ts',
    text: "export { createWriteStream } from 'node:fs';\n",
    rule: 'calls-write-nothing',
  },
  {
    fence: 'the server in the SDK',
    file: 'visitor-sdk/src/backwards.ts',
    text: "export { createLive } from '../../server/src/live/create-live.js';\n",
    rule: 'clients-know-no-server',
  },
  {
    fence: 'a module that is not there',
    file: 'server/src/live/lost.ts',
    text: "export { nothing } from './not-there.js';\n",
    rule: 'nothing-is-missing',
  },
  {
    fence: 'one half of a cycle',
    file: 'packages/protocol/src/egg.ts',
    text: "export { hen } from './hen.js';\nexport const egg = 1;\n",
  },
  {
    fence: 'a cycle',
    file: 'packages/protocol/src/hen.ts',
    text: "export { egg } from './egg.js';\nexport const hen = 1;\n",
    rule: 'no-cycles',
  },
  {
    fence: 'the mapper in the program of live',
    file: 'server/src/app/live-planted.ts',
    text: "export { DataSource } from 'typeorm';\n",
    rule: 'live-main-never-reaches-the-database',
  },
  {
    fence: 'a route of HTTP in records',
    file: 'server/src/records/upwards.ts',
    text: "export { createReplayApp } from '../http/replay-app.js';\n",
    rule: 'records-does-not-know-http',
  },
  {
    fence: 'a side in a package of both',
    file: 'packages/testkit/src/partial.ts',
    text: "export type { RecordsLogger } from '../../../server/src/records/records-logger.js';\n",
    rule: 'packages-know-no-side',
  },
  {
    fence: 'the rules in the protocol',
    file: 'packages/protocol/src/knowing.ts',
    text: "export * from '@alongside/engagement';\n",
    rule: 'protocol-knows-nothing',
  },
  {
    fence: 'a file of the console in the SDK',
    file: 'visitor-sdk/src/across.ts',
    text: "import '../../agent-console/src/app/router.js';\nexport {};\n",
    rule: 'clients-do-not-know-each-other',
  },
  {
    fence: 'a double of the tests in the product',
    file: 'server/src/records/doubled.ts',
    text: "export { FakeClock } from '@alongside/testkit';\n",
    rule: 'no-test-tools-in-the-product',
  },
];
