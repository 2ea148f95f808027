import { describe, expect, it } from 'vitest';
import { AssetShelf } from './asset-shelf.js';

const bytes = new Uint8Array([1]);

function stocked() {
  const wanted: string[] = [];
  const delivered: string[] = [];
  const shelf = new AssetShelf({
    want: (hashes) => wanted.push(...hashes),
    deliver: ({ hash }) => delivered.push(hash),
  });
  const come = (hash: string) => shelf.received({ hash, contentType: 'image/webp', bytes });
  const need = (assets: readonly string[], pictures: readonly string[] = []) =>
    shelf.need({ assets: new Set(assets), pictures: new Set(pictures) });
  return { wanted, delivered, shelf, come, need };
}

describe('AssetShelf', () => {
  it('asks for each asset once', () => {
    const { wanted, delivered, shelf, come, need } = stocked();
    need(['a', 'b']);
    need(['a']);
    come('a');
    come('a');
    need(['a']);
    expect(wanted).toEqual(['a', 'b']);
    expect(delivered).toEqual(['a']);
    shelf.close();
  });

  it('asks anew for the picture of something that moves each time it is shown', () => {
    const { wanted, delivered, shelf, come, need } = stocked();
    for (const hash of ['a', 'b', 'a']) {
      need([], [hash]);
      come(hash);
    }
    expect(wanted).toEqual(['a', 'b', 'a']);
    expect(delivered).toEqual(['a', 'b', 'a']);
    shelf.close();
  });
});
