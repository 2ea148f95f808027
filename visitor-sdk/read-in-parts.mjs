// rrweb reads a page in one go, for which a large page stands still. With these changes the page can be read in parts:
// the children of a node are put on a list, and read from it when there is time. What is read is the same, node by
// node and number by number (e2e/snapshot-in-parts.full.spec.ts).
import { changed } from './frames-once.mjs';

const CHANGES = [
  {
    from: 'for (const childN of Array.from(index.childNodes(n))) {',
    to: `if (readingParts) {
        const into = serializedNode.childNodes;
        readingParts.push({ nodes: Array.from(index.childNodes(n)), at: 0, into, options: bypassOptions });
      } else for (const childN of Array.from(index.childNodes(n))) {`,
    times: 1,
  },
  {
    from: /takeFullSnapshot = \(isCheckout = false\) => \{\n {4}if \(!recordDOM\) \{\n {6}return;\n {4}\}\n/g,
    to: 'takeFullSnapshot = (isCheckout = false, parts) => {\n    if (!parts)\n',
    times: 1,
  },
  {
    from: /mutationBuffers\.forEach\(\(buf\) => buf\.lock\(\)\);\n(?= {4}const node = snapshot\(document)/g,
    to: 'if (!parts) mutationBuffers.forEach((buf) => buf.lock());\n',
    times: 1,
  },
  {
    from: /if \(!node\) \{\n {6}return console\.warn\("Failed to snapshot the document"\);\n {4}\}\n/g,
    to: `if (parts) {
      const adopt = () => {
        const sheets = document.adoptedStyleSheets;
        if (sheets && sheets.length > 0) stylesheetManager.adoptStyleSheets(sheets, mirror.getId(document));
      };
      return { node, adopt };
    }\n`,
    times: 1,
  },
  // Whoever begins by reading in parts listens to the page while it is read.
  {
    from: /const init = \(\) => \{\n {6}takeFullSnapshot\(\);/g,
    to: 'const init = () => {\n      if (options.onReading) options.onReading(record.readInParts());\n      else takeFullSnapshot();',
    times: 1,
  },
  {
    from: 'record.mirror = mirror;',
    to: `let readingParts;
function inParts(parts, read) {
  readingParts = parts;
  try {
    return read();
  } finally {
    readingParts = undefined;
  }
}
record.readInParts = () => {
  const parts = [];
  const { node, adopt } = inParts(parts, () => takeFullSnapshot(true, parts));
  const readOn = (mayGoOn) => {
    while (parts.length > 0) {
      const part = parts[parts.length - 1];
      const next = part.nodes[part.at++];
      if (next === undefined) {
        parts.pop();
        continue;
      }
      const child = serializeNodeWithId(next, part.options);
      if (child) part.into.push(child);
      if (!mayGoOn()) return false;
    }
    return true;
  };
  const meta = () => ({ href: window.location.href, width: getWindowWidth(), height: getWindowHeight() });
  const whole = () => ({ node, initialOffset: getWindowScroll(window) });
  return { readOn: (mayGoOn) => inParts(parts, () => readOn(mayGoOn)), meta, whole, adopt };
};
record.mirror = mirror;`,
    times: 1,
  },
];

/** Throws where rrweb no longer has what is changed. */
export function readsInParts(source) {
  return CHANGES.reduce(changed, source);
}
