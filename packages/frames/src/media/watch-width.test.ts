/** A picture is wanted as wide as it is seen: not in a page that is hidden, unless it floats above everything. */

import { afterEach, expect, it, vi } from 'vitest';
import { watchWidth } from './watch-width.js';

afterEach(() => vi.unstubAllGlobals());

function shown(tellsOfFloats = true) {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const root: { pictureInPictureElement?: EventTarget | null } = tellsOfFloats
    ? { pictureInPictureElement: null }
    : {};
  const video = Object.assign(new EventTarget(), { clientWidth: 400, getRootNode: () => root });
  let look: () => void = () => undefined;
  vi.stubGlobal('document', page);
  vi.stubGlobal('devicePixelRatio', 2);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(looks: () => void) {
        look = looks;
      }
      observe = () => look();
      disconnect = () => undefined;
    },
  );
  const told: number[] = [];
  const stop = watchWidth(video as unknown as HTMLVideoElement, (pixels) => told.push(pixels));
  const hide = (hidden: boolean) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const float = (floats: boolean) => {
    root.pictureInPictureElement = floats ? video : null;
    video.dispatchEvent(new Event(floats ? 'enterpictureinpicture' : 'leavepictureinpicture'));
  };
  return { told, hide, float, stop };
}

it('is seen by nobody in a hidden page, nor once it is taken away', () => {
  const { told, hide, stop } = shown();
  hide(true);
  hide(false);
  stop();
  expect(told).toEqual([800, 0, 800, 0]);
  hide(false);
  expect(told).toHaveLength(4);
});

it('is seen in a hidden page for as long as it floats', () => {
  const { told, hide, float } = shown();
  float(true);
  hide(true);
  float(false);
  expect(told).toEqual([800, 800, 800, 0]);
});

it('may be seen where the browser does not tell what floats', () => {
  const { told, hide } = shown(false);
  hide(true);
  expect(told).toEqual([800, 800]);
});
