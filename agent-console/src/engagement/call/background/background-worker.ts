/** The worker that draws over what is behind an agent. */

import type { BackgroundOrder, BackgroundWord } from './background-messages.js';
import { CoveredFrames } from './covered-frames.js';
import { loadPersonFinder } from './person-finder.js';

/** In a worker the global scope is this interface; the DOM's types describe a window, which this never is. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<BackgroundOrder>) => void) | null;
  postMessage(word: BackgroundWord, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const frames = new CoveredFrames({
  load: loadPersonFinder,
  onState: (state) => scope.postMessage({ state }),
});

scope.onmessage = ({ data }) => {
  if ('background' in data) frames.show(data.background);
  else if ('frame' in data) {
    const { frame } = data;
    const isCovered = frames.cover(frame, frame);
    frame.close();
    const picture = isCovered ? frames.taken() : undefined;
    scope.postMessage({ picture }, picture === undefined ? [] : [picture]);
  } else {
    void frames.follow(data.streams).finally(() => scope.postMessage({ over: true }));
  }
};
scope.postMessage({ ready: true });
