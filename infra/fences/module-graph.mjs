/** Fence C: what may reach what, over every way of importing, seen in the graph of all modules. */

import { realpath } from 'node:fs/promises';
import { cruise } from 'dependency-cruiser';
import { reachingModules } from './reaching-modules.mjs';

/** Fewer modules than this are no project, but a tool that has silently seen nothing. */
export const LEAST_MODULES = 250;

const DATABASE = '(^|/)node_modules/(typeorm|pg|pg-[a-z-]+|reflect-metadata)/';

/** @type {readonly import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'relay-knows-the-rules-only',
    severity: 'error',
    from: { path: '^server/src/live/relay/', pathNot: '\\.test\\.ts$' },
    to: { pathNot: '^(server/src/live/relay|packages/(protocol|engagement))/' },
  },
  {
    name: 'only-records-knows-the-database',
    severity: 'error',
    from: { path: '^(server|packages)/', pathNot: '^server/(src/records|test)/' },
    to: { path: DATABASE },
  },
  {
    name: 'records-does-not-know-http',
    severity: 'error',
    from: { path: '^server/src/records/' },
    to: { path: '^server/src/http/' },
  },
  {
    name: 'packages-know-no-side',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: '^(server|visitor-sdk|agent-console|e2e|infra)/' },
  },
  {
    name: 'protocol-knows-nothing',
    severity: 'error',
    from: { path: '^packages/protocol/src/', pathNot: '\\.test\\.ts$' },
    to: { pathNot: '^packages/protocol/|(^|/)node_modules/valibot/' },
  },
  {
    name: 'rules-know-the-protocol-only',
    severity: 'error',
    from: { path: '^packages/(engagement|transfer|frames)/src/', pathNot: '\\.test\\.ts$' },
    to: { pathNot: '^packages/(protocol|$1)/|(^|/)node_modules/(valibot|pako|@types/pako)/' },
  },
  {
    name: 'only-calls-know-media',
    severity: 'error',
    from: { path: '^(server|packages)/', pathNot: '^server/(src/live/call|test)/|\\.test\\.ts$' },
    to: { path: '(^|/)node_modules/mediasoup/' },
  },
  {
    name: 'clients-do-not-know-each-other',
    severity: 'error',
    from: { path: '^(visitor-sdk|agent-console)/src/' },
    to: { path: '^(visitor-sdk|agent-console)/', pathNot: '^$1/' },
  },
  {
    name: 'no-test-tools-in-the-product',
    severity: 'error',
    from: {
      path: '^(server/src|visitor-sdk/src|agent-console/src|packages/(protocol|engagement|transfer|frames)/src)/',
      pathNot: '\\.test\\.tsx?$',
    },
    to: { path: '^packages/testkit/' },
  },
  {
    name: 'nothing-is-missing',
    severity: 'error',
    from: { path: '^(server/src|packages/[a-z]+/src)/' },
    to: { couldNotResolve: true },
  },
];

/**
 * Over any number of imports.
 * @type {readonly import('./reaching-modules.mjs').ReachRule[]}
 */
const unreachable = [
  {
    name: 'live-never-reaches-the-database',
    comment: 'What sees frames and media cannot reach what can store them, by whatever way.',
    from: { path: '^(server/src/live|packages/(protocol|engagement|frames))/' },
    to: { path: `^server/src/(records|http|app)/|${DATABASE}` },
  },
  {
    name: 'live-main-never-reaches-the-database',
    comment:
      'The process of live is started from app, which knows both: its own entry and settings must not.',
    from: { path: '^server/src/app/(live|build-live)[a-z-]*\\.ts$' },
    to: { path: `^server/src/(records|http)/|${DATABASE}` },
  },
  {
    name: 'records-never-reaches-live',
    from: { path: '^server/src/(records|http)/' },
    to: { path: '^server/src/(live|app)/' },
  },
  {
    name: 'the-server-never-opens-frames',
    from: { path: '^server/src/' },
    to: { path: '^packages/frames/' },
  },
  {
    name: 'calls-write-nothing',
    comment: 'Whoever has a call in hand has nothing to keep it with: no files, no programs, no streams.',
    from: { path: '^server/src/live/call/', pathNot: '\\.test\\.ts$' },
    to: { path: '^(node:)?(fs|fs/promises|child_process|stream|worker_threads|zlib)$' },
  },
  {
    name: 'clients-know-no-server',
    from: { path: '^(visitor-sdk|agent-console)/src/' },
    to: { path: '^(server/|packages/(transfer|testkit)/)' },
  },
];

/** Each of them has its breach, or it is not known to notice one. */
export const GRAPH_RULES = [...forbidden, ...unreachable].map(({ name }) => name ?? 'a rule without a name');

const FOLDERS = ['packages', 'server/src', 'visitor-sdk/src', 'agent-console/src', 'infra/demo-shop/src'];

/**
 * @param {string} folder
 * @returns {Promise<{ modules: number, violations: readonly { rule: string, from: string, to: string }[] }>}
 */
export async function inspectGraph(folder) {
  const before = process.cwd();
  process.chdir(await realpath(folder));
  try {
    const { output } = await cruise(
      FOLDERS,
      {
        parser: 'swc',
        ruleSet: { forbidden: [...forbidden] },
        validate: true,
        tsPreCompilationDeps: true,
        doNotFollow: { path: 'node_modules' },
        exclude: { path: '(^|/)dist/|\\.d\\.ts$' },
        combinedDependencies: true,
      },
      { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
    );
    if (typeof output === 'string') throw new Error('The graph came as text.');
    return {
      modules: output.summary.totalCruised,
      violations: [
        ...output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
        ...unreachable.flatMap((rule) => reachingModules(output.modules, rule)),
      ],
    };
  } finally {
    process.chdir(before);
  }
}
