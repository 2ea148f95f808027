/**
 * Who reaches what must not be reached, over any number of imports. dependency-cruiser looks for a way anew for each
 * pair of modules, which took two thirds of all fences' time; going back from what is forbidden sees each import once.
 */

/**
 * @typedef {object} ReachRule
 * @property {string} name
 * @property {string} [comment]
 * @property {{ path: string, pathNot?: string }} from
 * @property {{ path: string }} to
 */

/**
 * @param {readonly { source: string, dependencies: readonly { resolved: string }[] }[]} modules
 * @param {ReachRule} rule
 * @returns {readonly { rule: string, from: string, to: string }[]} Each module that reaches one, with what it reaches.
 */
export function reachingModules(modules, { name, from, to }) {
  const importers = importersIn(modules);
  const forbidden = new RegExp(to.path);
  /** @type {Map<string, string>} */
  const reached = new Map();
  const open = [...importers.keys()].filter((path) => forbidden.test(path));
  for (const path of open) reached.set(path, path);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const importer of importers.get(at) ?? []) {
      if (reached.has(importer)) continue;
      reached.set(importer, reached.get(at) ?? at);
      open.push(importer);
    }
  }
  const asks = new RegExp(from.path);
  const doesNot = from.pathNot === undefined ? undefined : new RegExp(from.pathNot);
  return [...reached]
    .filter(([path]) => asks.test(path) && doesNot?.test(path) !== true)
    .map(([path, target]) => ({ rule: name, from: path, to: target }));
}

/** @param {readonly { source: string, dependencies: readonly { resolved: string }[] }[]} modules */
function importersIn(modules) {
  /** @type {Map<string, string[]>} */
  const importers = new Map();
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const known = importers.get(resolved);
      if (known === undefined) importers.set(resolved, [source]);
      else known.push(source);
    }
  }
  return importers;
}
