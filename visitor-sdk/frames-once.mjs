// rrweb 2.1 watches a frame of the page anew at each snapshot, takes no listener of a frame back, and hears of a frame
// after its own end: each agent who joins would double what is told of a frame. These are the three places.

const CHANGES = [
  {
    // Each snapshot listens to the frame: the newest one alone tells of its next document.
    from: /iframeEl\.addEventListener\("load", (listener|\(\) => \{[^}]*\})\)/g,
    to: 'onFrameLoad(iframeEl, $1)',
    times: 3,
  },
  {
    from: 'function onceIframeLoaded(',
    to: `const frameListeners = new WeakMap();
function onFrameLoad(frame, run) {
  frame.removeEventListener("load", frameListeners.get(frame));
  frameListeners.set(frame, run);
  frame.addEventListener("load", run);
}
function onceIframeLoaded(`,
    times: 1,
  },
  {
    from: 'attachIframe(iframeEl, childSn) {',
    to: 'attachIframe(iframeEl, childSn) {\n    if (!recording) return;',
    times: 1,
  },
  {
    from: 'handlers.push(observe(iframeEl.contentDocument));',
    to: `const frameDocument = iframeEl.contentDocument;
        if (watchedFrames.has(frameDocument)) return;
        watchedFrames.add(frameDocument);
        handlers.push(observe(frameDocument));`,
    times: 1,
  },
  {
    from: 'iframeManager.addLoadListener(',
    to: 'const watchedFrames = new WeakSet();\n    iframeManager.addLoadListener(',
    times: 1,
  },
];

/** Throws where rrweb no longer has what is changed. */
export function watchFramesOnce(source) {
  return CHANGES.reduce(changed, source);
}

/** A text with each such place changed, of which there have to be so many. */
export function changed(source, { from, to, times }) {
  let count = 0;
  const result = source.replaceAll(from, (_, part) => {
    count += 1;
    return typeof part === 'string' ? to.replace('$1', () => part) : to;
  });
  if (count !== times) throw new Error(`rrweb has ${count} places like ${from}, not ${times}.`);
  return result;
}
