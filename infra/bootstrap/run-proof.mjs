/** Runs the bundled proof in a group of its own, which ends with it. */
import { join } from 'node:path';
import { runGroup } from './run-group.mjs';

export const PROOF = join('e2e', 'dist', 'prove.mjs');

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {Promise<number>} Its exit code; 1 when a signal ended it.
 */
export async function runProof(root, args) {
  return (await runGroup([PROOF, '--root', root, ...args], { root, env: process.env })) ?? 1;
}
