/** What no source file of the product may say, found in its syntax and not in its text. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { globalsTaken, keysTakenApart, memberOf } from './reached-names.mjs';
import { nodesOf, readTree } from './syntax-tree.mjs';

export const MOST_LINES = 400;
const MOST_TEST_LINES = 600;

/** The one file that reads the environment. */
const CONFIG = 'server/src/app/config.ts';
/** The one file that tells the customer, in the console of their page, why there is no help on it. */
const PAGE_CONSOLE = 'visitor-sdk/src/embedding/page-console.ts';
/** The one file that takes the bytes out of a frame. */
const DELIVERY = 'server/src/live/frames/socket-line.ts';

const FOLDERS = ['packages', 'server/src', 'visitor-sdk/src', 'agent-console/src', 'infra/demo-shop/src'];

/** @typedef {'lines' | 'any' | 'console' | 'environment' | 'defaultExport' | 'nonNull' | 'release'} RuleName */

/** @type {Record<RuleName, string>} */
export const SOURCE_RULES = {
  lines: `at most ${MOST_LINES} lines (tests ${MOST_TEST_LINES})`,
  any: 'no `any`',
  console: `no console but in ${PAGE_CONSOLE}`,
  environment: `the environment is read in ${CONFIG} only`,
  defaultExport: 'no default export',
  nonNull: 'no `!` that claims a value is there',
  release: `frames give their bytes out in ${DELIVERY} only`,
};

/** @typedef {{ rule: RuleName, file: string, line: number }} SourceFault */

/**
 * @param {string} folder
 * @returns {Promise<{ files: number, faults: readonly SourceFault[] }>}
 */
export async function inspectSources(folder) {
  const files = [];
  for (const part of FOLDERS) {
    const names = await readdir(join(folder, part), { recursive: true });
    files.push(...names.filter(isSource).map((name) => `${part}/${name}`));
  }
  const faults = await Promise.all(files.map((file) => inspectFile(folder, file)));
  return { files: files.length, faults: faults.flat() };
}

/** @param {string} name */
function isSource(name) {
  return /\.tsx?$/.test(name) && !/\.d\.ts$|(^|\/)(dist|node_modules)\//.test(name);
}

/**
 * @param {string} folder
 * @param {string} file
 * @returns {Promise<readonly SourceFault[]>}
 */
export async function inspectFile(folder, file) {
  const { text, tree } = await readTree(join(folder, file));
  const isTest = /\.test\.tsx?$|\/test\//.test(file);
  /** @type {SourceFault[]} */
  const faults = [];
  const lines = text.split('\n').length - 1;
  if (lines > (isTest ? MOST_TEST_LINES : MOST_LINES)) faults.push({ rule: 'lines', file, line: lines });
  const first = firstByte(tree);
  for (const node of nodesOf(tree)) {
    const rule = ruleOf(node, { file, isTest });
    if (rule) faults.push({ rule, file, line: lineOf(text, (node.span?.start ?? first) - first) });
  }
  return faults;
}

/**
 * @param {import('./syntax-tree.mjs').Node} node
 * @param {{ file: string, isTest: boolean }} context
 * @returns {RuleName | undefined}
 */
function ruleOf(node, { file, isTest }) {
  if (node.type === 'TsKeywordType' && node.kind === 'any') return 'any';
  if (node.type === 'TsNonNullExpression') return 'nonNull';
  if (/^ExportDefault/.test(node.type)) return 'defaultExport';
  return isTest ? undefined : reachOf(node, file);
}

/**
 * Whatever takes a global as a whole is refused too, since nobody could see what it is used for afterwards.
 * @param {import('./syntax-tree.mjs').Node} node
 * @param {string} file
 * @returns {RuleName | undefined}
 */
function reachOf(node, file) {
  const member = memberOf(node);
  const taken = globalsTaken(node);
  const saysConsole = member?.object === 'console' || taken.includes('console');
  if (saysConsole && file !== PAGE_CONSOLE) return 'console';
  const readsEnvironment = member?.object === 'process' && (member.property ?? 'env') === 'env';
  if ((readsEnvironment || taken.includes('process')) && file !== CONFIG) return 'environment';
  const releases = member?.property === 'release' || keysTakenApart(node).includes('release');
  return releases && file.startsWith('server/src/live/') && file !== DELIVERY ? 'release' : undefined;
}

/**
 * Positions go on counting from one file to the next.
 * @param {import('./syntax-tree.mjs').Node} tree
 */
function firstByte(tree) {
  return tree.span?.start ?? 0;
}

/**
 * @param {string} text
 * @param {number} offset
 */
function lineOf(text, offset) {
  return text.slice(0, Math.max(0, offset)).split('\n').length;
}
