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
 * Every node of the tree, parents first. By a stack and not by generators within generators, each of which would pass
 * on what all below it find.
 * @param {unknown} tree
 * @returns {readonly Node[]}
 */
export function nodesOf(tree) {
  /** @type {Node[]} */
  const found = [];
  const open = [tree];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const node = /** @type {Node} */ (value);
    if (typeof node.type === 'string') found.push(node);
    open.push(...Object.values(node).reverse());
  }
  return found;
}

/**
 * @param {unknown} value
 * @param {string} name
 */
export function part(value, name) {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
