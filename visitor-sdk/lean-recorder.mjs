// Leaves out of rrweb what the recorder never turns on: pictures of canvases, frames of other origins that rrweb
// itself would follow, plugins, hooks, packing, and help for browsers older than ours. What is left records the same,
// event by event (e2e/lean-recorder.full.spec.ts).
import { readFile } from 'node:fs/promises';
import { changed, watchFramesOnce } from './frames-once.mjs';
import { asksLess } from './quick-recorder.mjs';
import { readsInParts } from './read-in-parts.mjs';

/** Declarations of which nothing is used but that they are there. */
const EMPTIED = {
  CanvasManager: 'class CanvasManager { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} }',
  WorkerWrapper: '',
  blob: '',
  jsContent: '',
  lookup: '',
  chars: '',
  CrossOriginIframeMirror: 'class CrossOriginIframeMirror {}',
  BaseRRNode: 'class BaseRRNode {}',
  _mirror: '',
  DEPARTED_MIRROR_ACCESS_WARNING: '',
  polyfill: 'function polyfill() {}',
  mergeHooks: 'function mergeHooks() {}',
  initFontObserver: 'function initFontObserver() {}',
};

/** What stands for what in a place of its own. */
const CHANGES = [
  // Of frames of another origin.
  { from: 'if (this.recordCrossOriginIframes)', to: 'if (false)', times: 2 },
  { from: /^ {2}handleMessage\(message\) \{[\s\S]*?^\}$/gm, to: '}', times: 1 },
  { from: 'recordCrossOriginIframes ? window.parent === window : true', to: 'true', times: 1 },
  { from: 'let passEmitsToParent = false;', to: 'const passEmitsToParent = false;', times: 1 },
  { from: /^ {2}if \(!inEmittingFrame\) \{\n {4}try \{[\s\S]*?^ {2}\}$/gm, to: '', times: 1 },
  // Of plugins and packing.
  {
    from: 'emit == null ? void 0 : emit(eventProcessor(e), isCheckout);',
    to: 'emit(e, isCheckout);',
    times: 1,
  },
  { from: /^ {2}const eventProcessor = [\s\S]*?^ {2}\};$/gm, to: '', times: 1 },
  { from: /^ {2}for \(const plugin of plugins \|\| \[\]\) \{[\s\S]*?^ {2}\}$/gm, to: '', times: 1 },
  { from: /^ {2}for \(const plugin of o\.plugins\) \{[\s\S]*?^ {2}\}$/gm, to: '', times: 1 },
  { from: /plugins: \(\(_a2 = plugins[\s\S]*?\) \|\| \[\]$/gm, to: 'plugins: []', times: 1 },
  // Of what a canvas and an image show.
  { from: 'if (tagName === "canvas" && recordCanvas)', to: 'if (false)', times: 1 },
  { from: 'if (tagName === "img" && inlineImages)', to: 'if (false)', times: 1 },
];

/** Names for numbers, of which each use can be the number itself. */
const NUMBERED = [
  'EventType',
  'IncrementalSource',
  'MediaInteractions',
  'CanvasContext',
  'PointerTypes',
  'NodeType',
];

/** A bundle's plugin. Fails the build where rrweb no longer has what it leaves out. */
export function leanRecorder() {
  return recorder('lean-recorder', (source) => leaned(asksLess(readsInParts(watchFramesOnce(source)))));
}

/** With nothing left out. */
export function wholeRecorder() {
  return recorder('whole-recorder', (source) => readsInParts(watchFramesOnce(source)));
}

function recorder(name, change) {
  return {
    name,
    setup(build) {
      build.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, async ({ path }) => ({
        contents: change(await readFile(path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}

function leaned(source) {
  const emptied = Object.entries(EMPTIED).reduce(withoutDeclaration, source);
  return NUMBERED.reduce(withNumbers, CHANGES.reduce(changed, emptied));
}

/** A declaration reaches up to the next one: all of rrweb's stand at the beginning of a line. */
function withoutDeclaration(source, [name, to]) {
  const from = new RegExp(
    `^(?:class|function|const|let|var) ${name}\\b[\\s\\S]*?^(?=(?:class|function|const|let|var) )`,
    'gm',
  );
  return changed(source, { from, to: `${to}\n`, times: 1 });
}

function withNumbers(source, name) {
  const numbers = new Map(
    [...source.matchAll(new RegExp(`${name}2\\[${name}2\\["(\\w+)"\\] = (\\d+)\\]`, 'g'))].map(
      ([, key, value]) => [key, value],
    ),
  );
  if (numbers.size === 0) throw new Error(`rrweb has no ${name}.`);
  return source.replace(new RegExp(`\\b${name}(?:\\.(\\w+)|\\["(\\w+)"\\])`, 'g'), (_, key, quoted) => {
    const number = numbers.get(key ?? quoted);
    if (number === undefined) throw new Error(`rrweb has no ${name}.${key ?? quoted}.`);
    return number;
  });
}
