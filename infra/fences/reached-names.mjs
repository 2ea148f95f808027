/** By what name a piece of source reaches a global of the surroundings or a member, however it is written. */

import { part } from './syntax-tree.mjs';

/** @typedef {import('./syntax-tree.mjs').Node} Node */

/** What holds the globals: the global object, and the windows of a page by the names they are kept under. */
const GLOBAL_OBJECTS = new Set([
  ...['globalThis', 'global', 'window', 'self', 'top', 'parent'],
  ...['contentWindow', 'defaultView'],
]);
const GLOBALS = /^(process|console)$/;
const MODULES = /^(?:node:)?(process|console)$/;

/** Where a name stands that is no use of what bears it. */
const NAMING = new Set(['property', 'key', 'id', 'local', 'imported', 'orig', 'exported', 'label', 'pat']);

/**
 * The globals that a node takes as they are: bare (`const taken = process`), off the global object
 * (`globalThis['console']`, `const { process } = globalThis`), or by an import of the module of that name.
 * @param {Node} node
 * @returns {readonly string[]}
 */
export function globalsTaken(node) {
  const module = moduleOf(node);
  if (module !== undefined) return [module];
  if (node.type === 'MemberExpression')
    return [memberOfGlobalObject(node)].filter((name) => name !== undefined);
  return [...bareNames(node), ...patternOfGlobalObject(node)];
}

/**
 * @param {Node} node
 * @returns {{ object: string | undefined, property: string | undefined } | undefined} A property without a name is
 *   worked out when the program runs, and may be any.
 */
export function memberOf(node) {
  if (node.type !== 'MemberExpression') return undefined;
  return { object: identifier(withoutWrapping(node.object)), property: nameOf(node.property) };
}

/**
 * The keys by which a pattern takes an object apart.
 * @param {unknown} pattern
 * @returns {readonly (string | undefined)[]}
 */
export function keysTakenApart(pattern) {
  if (part(pattern, 'type') !== 'ObjectPattern') return [];
  const properties = /** @type {unknown[]} */ (part(pattern, 'properties'));
  return properties.map((property) => nameOf(part(property, 'key')));
}

/** @param {Node} node */
function moduleOf(node) {
  const isImport = /^(Import|Export)/.test(node.type);
  const source = isImport ? part(part(node, 'source'), 'value') : calledWith(node);
  return typeof source === 'string' ? MODULES.exec(source)?.[1] : undefined;
}

/** @param {Node} node The call `import('…')` or `require('…')`. */
function calledWith(node) {
  if (node.type !== 'CallExpression') return undefined;
  const isLoading = part(node.callee, 'type') === 'Import' || part(node.callee, 'value') === 'require';
  const [argument] = /** @type {unknown[]} */ (node.arguments);
  return isLoading ? nameOf(part(argument, 'expression')) : undefined;
}

/** @param {Node} node */
function memberOfGlobalObject(node) {
  const property = nameOf(node.property);
  const isGlobal = GLOBAL_OBJECTS.has(lastName(node.object) ?? '') && GLOBALS.test(property ?? '');
  return isGlobal ? property : undefined;
}

/**
 * @param {Node} node
 * @returns {string[]}
 */
function bareNames(node) {
  // Types name things without reaching them; an assertion is no type but a value of another one.
  if (/^Ts/.test(node.type) && !/(Expression|Assertion)$/.test(node.type)) return [];
  const names = [];
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== 'object' || NAMING.has(key)) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      const name = identifier(part(each, 'expression') ?? each);
      if (name !== undefined && GLOBALS.test(name)) names.push(name);
    }
  }
  return names;
}

/**
 * @param {Node} node
 * @returns {string[]}
 */
function patternOfGlobalObject(node) {
  const pattern = node.type === 'VariableDeclarator' ? node.id : node.left;
  const from = lastName(node.type === 'VariableDeclarator' ? node.init : node.right);
  if (from === undefined || !GLOBAL_OBJECTS.has(from)) return [];
  return keysTakenApart(pattern)
    .filter((name) => name !== undefined && GLOBALS.test(name))
    .map(String);
}

/**
 * Of `a.b.c` the `c`.
 * @param {unknown} value
 * @returns {string | undefined}
 */
function lastName(value) {
  const plain = withoutWrapping(value);
  return part(plain, 'type') === 'MemberExpression' ? nameOf(part(plain, 'property')) : identifier(plain);
}

/** @param {unknown} value */
function identifier(value) {
  return part(value, 'type') === 'Identifier' ? String(part(value, 'value')) : undefined;
}

/**
 * Brackets, assertions and question marks around a value change nothing.
 * @param {unknown} value
 * @returns {unknown}
 */
function withoutWrapping(value) {
  const inner =
    part(value, 'type') === 'OptionalChainingExpression' ? part(value, 'base') : part(value, 'expression');
  return inner === undefined ? value : withoutWrapping(inner);
}

/**
 * @param {unknown} key
 * @returns {string | undefined}
 */
function nameOf(key) {
  switch (part(key, 'type')) {
    case 'Identifier':
    case 'PrivateName':
    case 'StringLiteral':
      return String(part(key, 'value') ?? part(part(key, 'id'), 'value'));
    case 'Computed': {
      const worked = part(key, 'expression');
      return part(worked, 'type') === 'Identifier' ? undefined : nameOf(worked);
    }
    case 'TemplateLiteral': {
      const quasis = /** @type {unknown[]} */ (part(key, 'quasis'));
      return quasis.length === 1 ? String(part(quasis[0], 'cooked')) : undefined;
    }
    default:
      return undefined;
  }
}
