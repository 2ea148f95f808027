/** Draws the last picture of each canvas and video in its place; the one before stays until the next is there. */

import { assetHashes } from '../engagement/player/asset-reference.js';

export interface MovingPicturesDeps {
  addressOf(hash: string): string | undefined;
  /** Nothing shows this picture any more. */
  drop(hash: string): void;
}

interface Shown {
  wanted: string;
  /** What is drawn now, once a picture has come. */
  drawn: string | undefined;
}

export class MovingPictures {
  readonly #deps: MovingPicturesDeps;
  readonly #shown = new Map<number, Shown>();

  constructor(deps: MovingPicturesDeps) {
    this.#deps = deps;
  }

  /** Null says that there is no picture any more. */
  note(id: number, reference: string | null): void {
    if (reference === null) this.#forget(id);
    const [wanted] = assetHashes(reference ?? '');
    if (wanted === undefined) return;
    const shown = this.#shown.get(id);
    if (shown === undefined) this.#shown.set(id, { wanted, drawn: undefined });
    else shown.wanted = wanted;
  }

  draw(nodeOf: (id: number) => Node | null): void {
    for (const [id, shown] of this.#shown) {
      const node = nodeOf(id);
      if (node === null) this.#forget(id);
      else this.#drawOne(node as HTMLElement, shown);
    }
  }

  clear(): void {
    this.#shown.clear();
  }

  #drawOne(element: HTMLElement, shown: Shown): void {
    const isThere = this.#deps.addressOf(shown.wanted) !== undefined;
    const old = shown.drawn;
    if (isThere) shown.drawn = shown.wanted;
    const address = shown.drawn === undefined ? undefined : this.#deps.addressOf(shown.drawn);
    if (address === undefined) return;
    const { style } = element;
    const image = `url("${address}")`;
    if (style.backgroundImage !== image) style.backgroundImage = image;
    style.backgroundOrigin = 'content-box';
    style.backgroundRepeat = 'no-repeat';
    style.backgroundPosition = 'center';
    style.backgroundSize = element.localName === 'video' ? 'contain' : '100% 100%';
    this.#letGo(old);
  }

  #forget(id: number): void {
    const drawn = this.#shown.get(id)?.drawn;
    this.#shown.delete(id);
    this.#letGo(drawn);
  }

  #letGo(hash: string | undefined): void {
    const isShown = [...this.#shown.values()].some(({ drawn, wanted }) => drawn === hash || wanted === hash);
    if (hash !== undefined && !isShown) this.#deps.drop(hash);
  }
}
