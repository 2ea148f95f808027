/** Starts the replay: says to the console that it listens, and takes one port from there. */

import { CONNECT, READY } from '../engagement/player/replay-messages.js';
import { ReplayStage } from './replay-stage.js';

/** Whoever serves the page names the console in it; without that nobody is spoken with. */
const consoleOrigin = document.querySelector<HTMLMetaElement>('meta[name="console-origin"]')?.content ?? '';
let stage: ReplayStage | undefined;

globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
  const port = event.ports[0];
  const isFromConsole = event.source === globalThis.parent && event.origin === consoleOrigin;
  if (!isFromConsole || event.data !== CONNECT || port === undefined) return;
  stage?.close();
  stage = new ReplayStage(document.getElementById('stage') ?? document.body, port);
});

if (globalThis.parent !== globalThis.self && consoleOrigin !== '') {
  globalThis.parent.postMessage(READY, consoleOrigin);
}
