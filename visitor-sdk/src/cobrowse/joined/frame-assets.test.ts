/** Pictures and fonts that the page does not have, asked of its frames. */

import { expect, it } from 'vitest';
import { FrameAssets } from './frame-assets.js';

const bytes = new Uint8Array([1]);
const missing = (hash: string) => ({ hash, contentType: '', bytes: undefined });
const found = (hash: string) => ({ hash, contentType: 'image/png', bytes });

function assets(frames: number) {
  const asked: string[][] = [];
  const given: string[] = [];
  const store = new FrameAssets({
    ask: (hashes) => {
      asked.push([...hashes]);
      return frames;
    },
    send: (slot, { hash, bytes: has }) =>
      given.push(`${slot} ${hash} ${has === undefined ? 'none' : 'sent'}`),
  });
  return { store, asked, given };
}

it('asks no frame for what the page has', () => {
  const { store, asked, given } = assets(2);
  store.answer(1, [found('a')]);
  expect([asked, given]).toEqual([[], ['1 a sent']]);
});

it('says at once that it is not there where there are no frames', () => {
  const { store, given } = assets(0);
  store.answer(1, [missing('a')]);
  expect(given).toEqual(['1 a none']);
});

it('gives what one of the frames has to all who asked, once', () => {
  const { store, given } = assets(2);
  store.answer(1, [missing('a'), found('b')]);
  store.answer(3, [missing('a')]);
  store.came(missing('a'));
  store.came(found('a'));
  store.came(found('a'));
  expect(given).toEqual(['1 b sent', '1 a sent', '3 a sent']);
});

it('says that it is not there when no frame has it', () => {
  const { store, given } = assets(2);
  store.answer(1, [missing('a')]);
  store.came(missing('a'));
  expect(given).toEqual([]);
  store.came(missing('a'));
  expect(given).toEqual(['1 a none']);
});

it('gives away nothing that nobody asked for', () => {
  const { store, given } = assets(1);
  store.came(found('a'));
  store.answer(1, [missing('b')]);
  store.clear();
  store.came(found('b'));
  expect(given).toEqual([]);
});
