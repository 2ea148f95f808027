/** A camera whose background is drawn over in a worker: what comes out of it is another track. */

import { Worker } from '../trusted-worker.js';
import type { CoverOptions } from './background.js';
import type { BackgroundOrder, BackgroundWord } from './background-messages.js';
import { coveredTrack } from './covered-tracks.js';
import { inTime } from './in-time.js';

/** Throws where the worker does not start; once it did, whatever fails leaves a picture that is covered whole. */
export async function coverCamera(
  camera: MediaStreamTrack,
  { chosen, onState }: CoverOptions,
): Promise<MediaStreamTrack> {
  const worker = new Worker(new URL('./background-worker.ts', import.meta.url), { type: 'module' });
  const tell = (order: BackgroundOrder, transfer: Transferable[] = []): void =>
    worker.postMessage(order, transfer);
  // What is drawn last stays what is drawn, until the camera as it is has taken its place.
  const choose = (): void => {
    if (chosen.value !== 'asItIs') tell({ background: chosen.value });
  };
  const unsubscribe = chosen.subscribe(choose);
  let isOver = false;
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    unsubscribe();
    worker.terminate();
    camera.stop();
    onState('off');
  };
  const making = begun(worker).then(() => coveredTrack({ camera, tell, onOver: over }));
  const covered = await inTime(making).catch((error: unknown) => {
    over();
    // One that comes too late is let go of as well.
    making.then(
      (late) => late.end(),
      () => undefined,
    );
    throw error;
  });
  worker.onmessage = ({ data }: MessageEvent<BackgroundWord>) => {
    if ('state' in data) onState(data.state);
    else if ('picture' in data) covered.take(data.picture);
    else if (covered.track.readyState === 'ended') covered.end();
    else covered.lose();
  };
  // Nothing comes any more: the other side goes on seeing what was drawn last.
  worker.onerror = () => onState('failed');
  camera.addEventListener('ended', () => covered.lose());
  // Unplugged before anybody listened: whoever takes an ended track opens another.
  if (camera.readyState === 'ended') covered.lose();
  choose();
  tellSilence(camera, covered.track);
  return covered.track;
}

/** A camera that the system switches off says so, and nothing that is drawn of it does by itself. */
function tellSilence(camera: MediaStreamTrack, covered: MediaStreamTrack): void {
  Object.defineProperty(covered, 'muted', { get: () => camera.muted });
  for (const event of ['mute', 'unmute'])
    camera.addEventListener(event, () => covered.dispatchEvent(new Event(event)));
}

function begun(worker: globalThis.Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = () => reject(new TypeError('The worker did not start.'));
  });
}
