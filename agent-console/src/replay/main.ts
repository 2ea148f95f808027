/** Starts the replay: says to whoever frames it that it listens, and takes one port from there. */

import { CONNECT, READY } from '../engagement/player/replay-messages.js';
import { ReplayStage } from './replay-stage.js';

/** Only the console may frame this page (frame-ancestors); the message must come from that very window. */
let stage: ReplayStage | undefined;

globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
  const port = event.ports[0];
  const isFromParent = event.source === globalThis.parent && event.origin === consoleOrigin(event.origin);
  if (!isFromParent || event.data !== CONNECT || port === undefined) return;
  stage?.close();
  stage = new ReplayStage(document.getElementById('stage') ?? document.body, port);
});

if (globalThis.parent !== globalThis.self) globalThis.parent.postMessage(READY, '*');

/** Browsers that name the framing origin are held to it; for the others the framing policy has to do. */
function consoleOrigin(claimed: string): string {
  const ancestors = (location as { ancestorOrigins?: DOMStringList }).ancestorOrigins;
  return ancestors?.[0] ?? claimed;
}
