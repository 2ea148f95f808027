/**
 * The graph's parser does not know markup in TypeScript. In the copy, files with markup are replaced by what
 * matters for the graph: their imports.
 */

import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodesOf, part, readTree } from './syntax-tree.mjs';

/**
 * Only ever for a copy: the files are gone afterwards.
 * @param {string} folder
 */
export async function reduceMarkup(folder) {
  for (const client of ['visitor-sdk/src', 'agent-console/src']) {
    const names = await readdir(join(folder, client), { recursive: true });
    for (const name of names.filter((each) => each.endsWith('.tsx'))) {
      const file = join(folder, client, name);
      const { tree } = await readTree(file);
      await writeFile(`${file.slice(0, -1)}`, [...importsOf(tree)].join('\n'));
      await rm(file);
    }
  }
}

/**
 * @param {import('./syntax-tree.mjs').Node} tree
 * @returns {Generator<string>}
 */
function* importsOf(tree) {
  yield 'export {};';
  for (const node of nodesOf(tree)) {
    const from = part(part(node, 'source'), 'value');
    if (typeof from === 'string' && /^(Import|Export)/.test(node.type)) {
      const typeOnly = node.typeOnly === true;
      yield typeOnly ? `import type * as _${count()} from '${from}';` : `import '${from}';`;
    }
    if (node.type === 'CallExpression' && part(node.callee, 'type') === 'Import') {
      const [argument] = /** @type {unknown[]} */ (node.arguments ?? []);
      const dynamic = part(part(argument, 'expression'), 'value');
      if (typeof dynamic === 'string') yield `void import('${dynamic}');`;
    }
  }
}

let counted = 0;
function count() {
  counted += 1;
  return counted;
}
