/** Sources as syntax trees, and a walk over them. */

import { readFile } from 'node:fs/promises';
import { parse } from '@swc/core';

/** @typedef {{ type: string, span?: { start: number }, [key: string]: unknown }} Node */

/** @param {string} file */
export async function readTree(file) {
  const text = await readFile(file, 'utf8');
  const isMarkup = file.endsWith('x');
  const tree = await parse(text, { syntax: 'typescript', tsx: isMarkup, target: 'es2022' });
  return { text, tree: /** @type {Node} */ (/** @type {unknown} */ (tree)) };
}

/**
 * Every node of the tree, parents first.
 * @param {unknown} value
 * @returns {Generator<Node>}
 */
export function* nodesOf(value) {
  if (Array.isArray(value)) {
    for (const each of value) yield* nodesOf(each);
  } else if (typeof value === 'object' && value !== null) {
    const node = /** @type {Node} */ (value);
    if (typeof node.type === 'string') yield node;
    for (const each of Object.values(node)) if (typeof each === 'object') yield* nodesOf(each);
  }
}

/**
 * @param {unknown} value
 * @param {string} name
 */
export function part(value, name) {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
