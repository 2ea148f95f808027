/**
 * Reads texts as a person does, across the elements inside a line, and tells which pieces hold part of something
 * that the nets catch. Each piece alone may look like nothing.
 */

import { plainText } from './nets/plain-text.js';
import type { TextNets, TextSpan } from './nets/text-nets.js';
import type { PristineDom } from './pristine-dom.js';
import { words } from './word-set.js';

/** Drawn inside a line, whatever a style sheet makes of them; joining too much hides too much at worst. */
const inlineTags = words(`
  a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb rt rtc rp s samp
  slot small span strike strong sub sup time tspan tt u var wbr textpath`);
/** Drawn as nothing. */
const silentTags = words('script style template noscript link meta');
/** Leave room between what stands before and after them. */
const partingTags = words('br img picture input svg canvas video audio');
/** Cells that stand beside one another by chance. */
const tableTags = words('td th tr table tbody thead tfoot');
const ELEMENT = 1;
const TEXT = 3;
/** On either side of a text; what is longer is prose, and its numbers stand close together. */
const MOST_PIECES = 40;
const MOST_STEPS = 120;
/** Inside an element that something has gone out of. */
const MOST_INSIDE = 400;
/** Of those, how many are looked at for a number in boxes. */
const MOST_BOXED = 100;
const MOST_BOXES = 24;
const LONGEST_BOX = 6;
/** With all the white space around it, in no more nodes than this. */
const LONGEST_BOXED = 1000;
const MOST_IN_BOX = 100;

interface Piece {
  readonly node: Node | undefined;
  readonly text: string;
}

/** A box with nothing but a few signs in it, and the texts that they are in. */
interface Boxed {
  readonly text: string;
  readonly nodes: readonly Node[];
}

/** What stands on one side of a text, nearest first; `isAll` when the line ends there and was not too long. */
interface Side {
  readonly pieces: readonly Piece[];
  readonly isAll: boolean;
}

export class TextRuns {
  readonly #dom: PristineDom;
  readonly #nets: TextNets;
  #caught = new Map<Node, boolean>();
  /** The texts of lines that were read as a whole: a change of one piece has all the others asked about. */
  #read = new Map<Node, boolean>();

  constructor(dom: PristineDom, nets: TextNets) {
    this.#dom = dom;
    this.#nets = nets;
  }

  /** Answers hold while the page stands still; to be called when it may have changed. */
  forget(): void {
    if (this.#caught.size > 0) this.#caught = new Map();
    if (this.#read.size > 0) this.#read = new Map();
  }

  /** Whether part of something that may not be shown stands in this text node. */
  isCaught(text: Node): boolean {
    const known = this.#caught.get(text);
    if (known !== undefined) return known;
    const caught = this.#isInRun(text) || this.#isInBoxes(text);
    this.#caught.set(text, caught);
    return caught;
  }

  /**
   * The texts in a node's own lines and boxes, and of the line and the boxes it is among, which its change may make look
   * like something else.
   */
  neighboursOf(node: Node): readonly Node[] {
    const found = [...this.#inside(node)];
    for (const direction of [-1, 1] as const) {
      for (const piece of this.#outward(node, direction).pieces)
        if (piece.node !== undefined) found.push(piece.node);
    }
    const box = this.#boxAround(node);
    // What is no box itself may part two of them, or part them no longer.
    const from = this.#boxed(box) === undefined ? node : box;
    for (const direction of [-1, 1] as const) {
      for (const { nodes } of this.#boxesBeside(from, direction)) found.push(...nodes);
    }
    return found;
  }

  /** In an element, its shadow root, the elements inside their lines and boxes: what went may have parted any of them. */
  #inside(node: Node): readonly Node[] {
    if (this.#dom.nodeType(node) !== ELEMENT) return [];
    const found: Node[] = [];
    for (const root of [node, this.#dom.shadowRoot(node as Element)]) {
      let next = root === null ? null : this.#dom.firstChild(root);
      for (let steps = 0; root !== null && next !== null && steps < MOST_INSIDE; steps += 1) {
        const entered = this.#enter(next, 1);
        if (entered?.piece?.node !== undefined) found.push(entered.piece.node);
        if (entered === undefined && steps < MOST_BOXED) found.push(...(this.#boxed(next)?.nodes ?? []));
        // What ends a line has others after it.
        next = this.#nextWithin(root, entered?.at ?? next);
      }
    }
    return found;
  }

  #nextWithin(root: Node, from: Node): Node | null {
    for (let at: Node | null = from; at !== null && at !== root; at = this.#dom.parentNode(at)) {
      const sibling = this.#dom.nextSibling(at);
      if (sibling !== null) return sibling;
    }
    return null;
  }

  #isInRun(text: Node): boolean {
    const read = this.#read.get(text);
    if (read !== undefined) return read;
    const own = { node: text, text: this.#textOf(text) };
    if (!holdsSigns(plainText(own.text))) return false;
    const before = this.#outward(text, -1);
    const after = this.#outward(text, 1);
    const line = [...[...before.pieces].reverse(), own, ...after.pieces];
    const caught = this.#caughtOf(line);
    if (before.isAll && after.isAll) {
      for (const { node } of line) if (node !== undefined) this.#read.set(node, caught.has(node));
    }
    return caught.has(text);
  }

  /** The texts of a line that hold part of something. */
  #caughtOf(line: readonly Piece[]): ReadonlySet<Node> {
    const spelled = line.map(({ text }) => plainText(text));
    const spans = this.#nets.findIn(spelled.join(''));
    const caught = new Set<Node>();
    let start = 0;
    for (const [place, { node }] of line.entries()) {
      const text = spelled[place] ?? '';
      const end = start + text.length;
      const isMet = spans.some((span) => span.start < end && span.end > start);
      if (node !== undefined && isMet && holdsSigns(text)) caught.add(node);
      start = end;
    }
    return caught;
  }

  /** The pieces before or after a node in the same line. */
  #outward(from: Node, direction: 1 | -1): Side {
    const pieces: Piece[] = [];
    let at: Node = from;
    for (let steps = 0; steps < MOST_STEPS && pieces.length < MOST_PIECES; steps += 1) {
      const next = this.#beyond(at, direction);
      const entered = next === undefined ? undefined : this.#enter(next, direction);
      if (entered === undefined) return { pieces, isAll: true };
      if (entered.piece !== undefined) pieces.push(entered.piece);
      at = entered.at;
    }
    return { pieces, isAll: false };
  }

  /** The next node beside this one, or beside the elements inside the line around it. */
  #beyond(node: Node, direction: 1 | -1): Node | undefined {
    for (let at = node; ; ) {
      const sibling = this.#sibling(at, direction);
      if (sibling !== null) return sibling;
      const parent = this.#dom.parentNode(at);
      if (parent === null || !this.#isInline(parent)) return undefined;
      at = parent;
    }
  }

  /** Goes into elements inside the line down to a text; undefined where the line ends. */
  #enter(node: Node, direction: 1 | -1): { readonly at: Node; readonly piece?: Piece } | undefined {
    for (let at = node; ; ) {
      if (this.#dom.nodeType(at) === TEXT) return { at, piece: { node: at, text: this.#textOf(at) } };
      if (this.#dom.nodeType(at) !== ELEMENT) return { at };
      const tag = this.#dom.localName(at as Element);
      if (partingTags.has(tag)) return { at, piece: { node: undefined, text: ' ' } };
      if (silentTags.has(tag)) return { at };
      if (!this.#isInline(at)) return undefined;
      const child = direction === 1 ? this.#dom.firstChild(at) : this.#dom.lastChild(at);
      if (child === null) return { at };
      at = child;
    }
  }

  /** A number of which each group, or each digit, stands in a box of its own beside the others. */
  #isInBoxes(text: Node): boolean {
    const box = this.#boxAround(text);
    const own = this.#boxed(box);
    if (own === undefined) return false;
    const around = [...this.#boxesBeside(box, -1).reverse(), own, ...this.#boxesBeside(box, 1)];
    const boxes = around.map(({ text: signs }) => signs);
    const isGrouped = boxes.every(({ length }) => length === 1) || boxes.every(({ length }) => length >= 3);
    if (!isGrouped || boxes.length < 3) return false;
    const whole = boxes.join('');
    return this.#nets.findIn(whole).some((span) => isAllOf(span, whole));
  }

  #boxAround(node: Node): Node {
    let box = node;
    for (let at: Node | null = node; at !== null; at = this.#dom.parentNode(at)) {
      box = at;
      if (this.#dom.nodeType(at) !== TEXT && !this.#isInline(at)) break;
    }
    return box;
  }

  #boxesBeside(box: Node, direction: 1 | -1): Boxed[] {
    const found: Boxed[] = [];
    let at = this.#sibling(box, direction);
    for (; at !== null && found.length < MOST_BOXES; at = this.#sibling(at, direction)) {
      const type = this.#dom.nodeType(at);
      // A comment is drawn as nothing.
      if (type !== ELEMENT && (type !== TEXT || this.#textOf(at).trim() === '')) continue;
      const boxed = this.#boxed(at);
      if (boxed === undefined) break;
      found.push(boxed);
    }
    return found;
  }

  /** What stands in a box with nothing but a few signs in it. */
  #boxed(box: Node): Boxed | undefined {
    const first = this.#dom.firstChild(box);
    if (first === null || this.#dom.nextSibling(first) !== null) return undefined;
    if (this.#dom.nodeType(box) !== ELEMENT || tableTags.has(this.#dom.localName(box as Element)))
      return undefined;
    const nodes = this.#fewTextsOf(box);
    const text = plainText(nodes.map((node) => this.#textOf(node)).join('')).trim();
    if (text.length > LONGEST_BOX || !/^[a-z\d]*\d[a-z\d]*$/i.test(text)) return undefined;
    return { text, nodes };
  }

  /** None when there is more than a box of a number has: such a box may well be around the whole page. */
  #fewTextsOf(box: Node): readonly Node[] {
    const found: Node[] = [];
    let length = 0;
    let at: Node | null = this.#dom.firstChild(box);
    for (let steps = 0; at !== null; steps += 1) {
      const isText = this.#dom.nodeType(at) === TEXT;
      if (isText) {
        found.push(at);
        length += this.#textOf(at).length;
      }
      if (length > LONGEST_BOXED || steps === MOST_IN_BOX) return [];
      at = this.#dom.firstChild(at) ?? this.#nextWithin(box, at);
    }
    return found;
  }

  #isInline(node: Node): boolean {
    if (this.#dom.nodeType(node) !== ELEMENT) return false;
    const tag = this.#dom.localName(node as Element);
    return inlineTags.has(tag) || tag.includes('-');
  }

  #sibling(node: Node, direction: 1 | -1): Node | null {
    return direction === 1 ? this.#dom.nextSibling(node) : this.#dom.previousSibling(node);
  }

  #textOf(node: Node): string {
    return this.#dom.textContent(node) ?? '';
  }
}

/** What has neither a letter nor a digit is no part of anything. */
function holdsSigns(text: string): boolean {
  return /[\p{L}\p{N}@]/u.test(text);
}

function isAllOf(span: TextSpan, whole: string): boolean {
  return span.start === 0 && span.end === whole.length;
}
