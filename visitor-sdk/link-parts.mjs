// Builds a part that takes what it shares with an earlier one from there, instead of bringing it along again.
import { relative, resolve, sep } from 'node:path';
import { build as bundle } from 'esbuild';

const SHARED = 'alongside:shared/';
const IMPORTS = /import\s*\{([^}]*)\}\s*from\s*"alongside:shared\/([^"]+)";?/g;
const EXPORTS = /export\s*\{([^}]*)\};?\s*$/;

/**
 * The modules that a bundle really holds: what is shaken out of it is none of them, and neither is what only hands
 * on from others.
 */
export async function modulesOf(options) {
  const { metafile } = await bundle({ ...options, write: false, metafile: true, outfile: 'out.js' });
  const [output] = Object.values(metafile.outputs);
  const held = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return new Set(held.map(([path]) => resolve(options.absWorkingDir, path)));
}

/** The text of a part without what `shared` holds, and the names that it wants from there. */
export async function bundleOver(options, shared) {
  const plugins = [...options.plugins, sharedModules(shared, options.absWorkingDir)];
  const { outputFiles } = await bundle({ ...options, plugins, format: 'esm', write: false });
  const text = outputFiles[0].text;
  const wanted = [];
  for (const [, names, path] of text.matchAll(IMPORTS)) {
    for (const { from, to } of namesIn(names)) wanted.push({ path, name: from, local: to });
  }
  const body = text.replace(IMPORTS, '');
  if (body.includes(SHARED)) throw new Error('A part wants something shared that has no name.');
  return { body, wanted };
}

/**
 * A name for everything that any part wants: the earlier part offers it under that name. Of one thing there is one
 * name, so that parts that are built for several languages fit each of them.
 */
export function namesFor(parts) {
  const keys = [...new Set(parts.flatMap(({ wanted }) => wanted.map(keyOf)))].sort();
  return new Map(keys.map((key, place) => [key, `$${place.toString(36)}`]));
}

/** What the earlier part's entry exports as `shared`. */
export function offer(names, root) {
  const lines = [...names].map(([key, name]) => {
    const [path, exported] = key.split('#');
    return `import { ${exported} as ${name} } from ${JSON.stringify(resolve(root, path))};`;
  });
  return [...lines, `export const shared = { ${[...names.values()].join(', ')} };`].join('\n');
}

/**
 * A module whose `link` is given `shared` and gives what the part exports, once. It imports nothing: a file that did
 * not load is asked for again under another address, which an import inside a file could not be.
 */
export function linked({ body, wanted }, names, more = {}) {
  const exported = EXPORTS.exec(body);
  if (exported === null) throw new Error('A part exports nothing.');
  const taken = wanted.map((each) => `${names.get(keyOf(each))}:${each.local}`);
  const given = namesIn(exported[1]).map(({ from, to }) => `${to}:${from}`);
  for (const [name, value] of Object.entries(more)) given.push(`${name}:${JSON.stringify(value)}`);
  const code = body.slice(0, exported.index);
  return `let made;export const link=(shared)=>made??=(({${taken.join()}})=>{${code}return{${given.join()}}})(shared);\n`;
}

function keyOf({ path, name }) {
  return `${path}#${name}`;
}

function namesIn(list) {
  return list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => each.split(/\s+as\s+/))
    .map(([from, to = from]) => ({ from, to }));
}

/** Whatever the earlier part holds is left out, by the address of its file. */
function sharedModules(shared, root) {
  return {
    name: 'shared-modules',
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path, pluginData, kind, importer, resolveDir }) => {
        if (pluginData === SHARED || kind === 'entry-point') return undefined;
        const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: SHARED });
        if (found.errors.length > 0 || !shared.has(found.path)) return undefined;
        const name = relative(root, found.path).split(sep).join('/');
        return { path: `${SHARED}${name}`, external: true, sideEffects: false };
      });
    },
  };
}
