/** Shows a number at two corners of the page, in cells of black and white, for the pictures of it to hold. */

import { cellsOf, layoutCode } from '@alongside/engagement';

const CELL_PX = 4;
const HEIGHT_PX = 6;

const css = `
i { position: fixed; display: block; width: ${layoutCode.cells * CELL_PX}px; height: ${HEIGHT_PX}px;
  z-index: 2147483647; pointer-events: none; forced-color-adjust: none; }
.first { left: 0; top: 0; }
.last { right: 0; bottom: 0; }
b { position: fixed; left: 0; top: 0; width: 1px; height: 1px; visibility: hidden; pointer-events: none; }
@media print { i { display: none; } }
`;

export class CodeStrip {
  /** In our own closed root, which no recording looks into and which is kept above the page. */
  readonly host: HTMLElement;
  /** Changed with every picture of the page, so that a look at the page comes after all else of its moment. */
  readonly pulse: HTMLElement;
  readonly #strips: readonly HTMLElement[];

  constructor(window: Window & typeof globalThis, root: ShadowRoot) {
    const { document } = window;
    this.host = document.createElement('div');
    this.host.setAttribute('aria-hidden', 'true');
    const inner = this.host.attachShadow({ mode: 'closed' });
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(css);
    inner.adoptedStyleSheets = [sheet];
    this.#strips = ['first', 'last'].map((name) => {
      const strip = document.createElement('i');
      strip.className = name;
      return strip;
    });
    this.pulse = document.createElement('b');
    inner.append(...this.#strips, this.pulse);
    root.append(this.host);
  }

  /** Without a number the strips are not drawn, and no picture of this moment counts. */
  show(number: number | undefined, secret: number): void {
    const background = number === undefined ? 'none' : gradientOf(number, secret);
    for (const strip of this.#strips) strip.style.background = background;
  }

  /** Where the strips are in the viewport. */
  boxes(): readonly DOMRect[] {
    return this.#strips.map((strip) => strip.getBoundingClientRect());
  }

  remove(): void {
    this.host.remove();
  }
}

function gradientOf(number: number, secret: number): string {
  const stops = cellsOf(number, secret).map(
    (white, index) => `${white ? '#fff' : '#000'} ${index * CELL_PX}px ${(index + 1) * CELL_PX}px`,
  );
  return `linear-gradient(to right, ${stops.join(',')})`;
}
