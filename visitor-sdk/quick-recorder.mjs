// What rrweb asks the page at each change, asked in fewer questions with the same answers
// (e2e/lean-recorder.full.spec.ts): which element is blocked or masked, and the accessors of the DOM that no page has
// put its own over, each of which it looks up by two names whenever it is used.
import { changed } from './frames-once.mjs';

const ACCESSOR = /return getUntaintedAccessor\("(\w+)", n, "(\w+)"\);/g;

const CHANGES = [
  {
    from: 'const untaintedMethodCache = {};',
    to: `const untainted = { FIELDS };
function untaintedGetter(key, accessor) {
  const found = Object.getOwnPropertyDescriptor(getUntaintedPrototype(key), accessor);
  return (found && found.get) || function () { return this[accessor]; };
}
const untaintedMethodCache = {};`,
    times: 1,
  },
  {
    from: 'return getUntaintedMethod("Node", n, "contains")(other);',
    to: 'return (untainted.contains ??= getUntaintedPrototype("Node").contains).call(n, other);',
    times: 1,
  },
  // A selector finds what its class and its selector find, and the nearest one may be the element itself.
  {
    from: /^function isBlocked\([\s\S]*?^\}$/gm,
    to: `let blocking = { blockClass: undefined, blockSelector: undefined, selector: '' };
function blockingSelector(blockClass, blockSelector) {
  if (blocking.blockClass !== blockClass || blocking.blockSelector !== blockSelector) {
    const selector = blockSelector ? '.' + blockClass + ',' + blockSelector : '.' + blockClass;
    blocking = { blockClass, blockSelector, selector };
  }
  return blocking.selector;
}
function isBlocked(node, blockClass, blockSelector, checkAncestors) {
  const el = closestElementOfNode(node);
  if (!el) return false;
  const selector = blockingSelector(blockClass, blockSelector);
  return checkAncestors ? el.closest(selector) !== null : el.matches(selector);
}`,
    times: 1,
  },
  {
    from: /^function _isBlockedElement\([\s\S]*?^\}$/gm,
    to: `function _isBlockedElement(element, blockClass, blockSelector) {
  try {
    return element.matches(blockingSelector(blockClass, blockSelector));
  } catch (e) {
    return false;
  }
}`,
    times: 1,
  },
  {
    from: /^ {2}try \{\n(?= {4}if \(typeof maskTextClass === "string"\))/gm,
    to: '  if (maskTextSelector === "*") return true;\n  try {\n',
    times: 1,
  },
];

/** Throws where rrweb no longer has what is changed. */
export function asksLess(source) {
  const [...found] = source.matchAll(ACCESSOR);
  if (found.length === 0) throw new Error('rrweb has no accessors of its own.');
  // Fields of its own, so that no page can put one there.
  const fields = [...found.map(([, , accessor]) => accessor), 'contains'].map((name) => `${name}: undefined`);
  const direct = source.replace(
    ACCESSOR,
    (_, key, accessor) =>
      `return (untainted.${accessor} ??= untaintedGetter("${key}", "${accessor}")).call(n);`,
  );
  return CHANGES.reduce(changed, direct).replace('{ FIELDS }', () => `{ ${fields.join(', ')} }`);
}
