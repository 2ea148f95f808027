/**
 * Streams that no recorder would send: trees, changes and values put together at random, from words that mean
 * something to a browser. `address` is what they try to reach; a seed makes the same stream again.
 */

export type Random = () => number;

/** Numbers in [0, 1) that depend on the seed alone (mulberry32's recurrence). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TAGS =
  `p div span a img input button form iframe object embed script style link meta base svg image use rect
  g a script style foreignObject animate set feImage svg:style svg:script template noscript video source track audio
  canvas table td textarea select option details dialog portal frame x-custom title head math mtext area map`.split(
    /\s+/,
  );
const NAMES =
  `src href xlink:href srcset style data poster action formaction ping background http-equiv content
  onerror onload ONCLICK onfocus srcdoc sandbox target download name id class is rr_src rr_dataURL rr_width value
  autofocus fill mask filter rel as type _cssText imagesrcset manifest cite __proto__ constructor attributeName to
  slot shadowrootmode contenteditable tabindex xmlns x:y`.split(/\s+/);
const WORDS = [
  'url(',
  'URL(',
  'u\\72l(',
  '"',
  "'",
  ')',
  '(',
  '\\',
  ';',
  '{',
  '}',
  '/*',
  '*/',
  '@import ',
  '@im\\70ort ',
  'image-set(',
  'src(',
  'var(--x)',
  '--x:',
  'background:',
  'content:',
  'a',
  ' ',
  '\n',
  ',',
  '1x',
  'alongside-asset:',
  'data:image/png;base64,AA',
  'data:text/html,',
  'javascript:',
  '<script>',
  '</style>',
  '#',
  '\u0000',
  '\ud800',
  '%22',
  '//',
];

interface Numbered {
  readonly id: number;
  readonly [field: string]: unknown;
}

export class RandomStream {
  readonly #random: Random;
  readonly #address: string;
  #last = 0;

  constructor(seed: number, address: string) {
    this.#random = seededRandom(seed);
    this.#address = address;
  }

  /** A whole page: its size and its tree. */
  snapshot(nodes: number): readonly unknown[] {
    const body = this.#element(
      'body',
      Array.from({ length: nodes }, () => this.#node(0)),
    );
    const html = this.#element('html', [this.#element('head', [this.#node(0)]), body]);
    const node = { type: 0, id: this.#next(), childNodes: [html] };
    return [
      { type: 4, timestamp: 1, data: { href: this.#address, width: 800, height: 600 } },
      { type: 2, timestamp: 2, data: { node, initialOffset: { left: 0, top: 0 } } },
    ];
  }

  /** Changes of the page that came last; now and then something that is no event at all. */
  changes(count: number): readonly unknown[] {
    return Array.from({ length: count }, () => this.#change());
  }

  #change(): unknown {
    const source = this.#one([0, 0, 0, 0, 1, 2, 3, 4, 5, 7, 8, 8, 9, 10, 11, 13, 14, 15, 99]);
    const rule = { rule: this.#text(), index: this.#one([0, [0, 1], undefined]) };
    const data = {
      source,
      id: this.#known(),
      styleId: 1,
      ...(source === 0 ? this.#mutation() : {}),
      ...(source === 8 ? { adds: [rule], replace: this.#one([undefined, this.#text()]) } : {}),
      ...(source === 13
        ? { index: [0], set: { property: this.#one(NAMES), value: this.#text(), priority: '' } }
        : {}),
      ...(source === 15 ? { styleIds: [1], styles: [{ styleId: 1, rules: [rule] }] } : {}),
      ...(source === 5 ? { text: this.#text(), isChecked: true } : {}),
      x: 1,
      y: 1,
      width: 800,
      height: 600,
      positions: [],
      ranges: [],
    };
    return this.#spoiled({ type: this.#one([3, 3, 3, 3, 3, 0, 1, 5, 6]), timestamp: 3, data });
  }

  #mutation(): object {
    const added = this.#node(3);
    return {
      texts: [{ id: this.#known(), value: this.#text() }],
      attributes: [{ id: this.#known(), attributes: this.#attributes(true) }],
      removes: this.#random() < 0.1 ? [{ id: this.#known(), parentId: this.#known() }] : [],
      adds: [{ parentId: this.#known(), nextId: null, node: added }],
    };
  }

  #node(depth: number): Numbered {
    const roll = this.#random();
    if (roll < 0.25 || depth > 4) return { type: 3, id: this.#next(), textContent: this.#text() };
    if (roll < 0.28) return { type: 5, id: this.#next(), textContent: this.#text() };
    const children = Array.from({ length: Math.floor(this.#random() * 4) }, () => this.#node(depth + 1));
    return this.#element(this.#one(TAGS), children);
  }

  #element(tagName: string, childNodes: readonly Numbered[]): Numbered {
    const isShadowHost = tagName === 'div' && this.#random() < 0.1;
    return {
      type: 2,
      id: this.#next(),
      tagName,
      attributes:
        tagName === 'html' || tagName === 'head' || tagName === 'body' ? {} : this.#attributes(false),
      childNodes: isShadowHost ? childNodes.map((child) => ({ ...child, isShadow: true })) : childNodes,
      ...(this.#random() < 0.4 && !['html', 'head', 'body'].includes(tagName) ? { isSVG: true } : {}),
      ...(isShadowHost ? { isShadowHost } : {}),
    };
  }

  #attributes(isChange: boolean): object {
    const entries = Array.from({ length: Math.floor(this.#random() * 4) }, () => {
      const name = this.#one(NAMES);
      const declared = isChange && name === 'style' && this.#random() < 0.5;
      return [
        name,
        declared ? { background: this.#text(), '--x': [this.#text(), ''] } : this.#text(),
      ] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Either an address as it is written, or in the company of words that hide it. */
  #text(): string {
    const roll = this.#random();
    if (roll < 0.2) return this.#address;
    if (roll < 0.3) return `x { background: url("${this.#address}") }`;
    if (roll < 0.35) return `url(${this.#address})`;
    const words = Array.from({ length: 1 + Math.floor(this.#random() * 8) }, () =>
      this.#random() < 0.3 ? this.#address : this.#one(WORDS),
    );
    return words.join('');
  }

  /** Sometimes a part of it is of another kind. */
  #spoiled(event: Record<string, unknown>): unknown {
    const roll = this.#random();
    if (roll < 0.96) return event;
    if (roll < 0.97) return this.#one([null, 7, 'x', [], {}]);
    const name = this.#one(Object.keys(event));
    return { ...event, [name]: this.#one([null, undefined, -1, Number.NaN, 'x', [], {}, [[]]]) };
  }

  #known(): number {
    return 1 + Math.floor(this.#random() * Math.max(1, this.#last));
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  #one<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T;
  }
}
