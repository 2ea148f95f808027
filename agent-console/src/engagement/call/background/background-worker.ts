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
    const picture = frames.drawn(data.frame);
    scope.postMessage({ picture }, picture === undefined ? [] : [picture]);
  } else {
    // However it ended: the page tells a camera that is gone from a track that was stopped.
    const over = (): void => scope.postMessage({ over: true });
    frames.follow(data.streams).then(over, over);
  }
};
scope.postMessage({ ready: true });
