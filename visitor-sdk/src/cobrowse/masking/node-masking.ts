/** Masks nodes of the page as the recorder wrote them down, alone or with all that is in them. */

import type { AttributeMasking } from './attribute-masking.js';
import { holdsValueText, isEmbeddedTag, mayBeClosed, treatTag } from './element-tags.js';
import { hidesDrawing } from './hidden-drawing.js';
import { maskToken } from './mask-token.js';
import type { MaskedAttributes, MaskedNode } from './masked-event.js';
import { nodeType } from './masked-event.js';
import type { PageView } from './page-view.js';
import type { Verdict } from './privacy-rules.js';
import { isValueShown } from './privacy-rules.js';
import type { RawRecord } from './raw-record.js';
import { asId, asRecord, asRecords, asText } from './raw-record.js';
import type { SheetMasking } from './sheet-masking.js';
import type { Subject } from './subject.js';

export interface NodeSources {
  readonly page: PageView;
  readonly attributes: AttributeMasking;
  readonly sheets: SheetMasking;
  isNamedInCss(tag: string): boolean;
  readForeignSheet(id: number, address: string): void;
}

/** What the console is willing to show; beyond it the rest of the tree is left out rather than all of it. */
const DEEPEST = 250;
const MOST_NODES = 51_000;
/** Below so many nobody needs to look for texts and boxes that are gone. */
const FEWEST_TIDIED = 10_000;
/** A longer text is data, and masked. */
const LONGEST_TEXT = 64 * 1024;
const PUBLIC_ID = /^-\/\/W3C\/\/DTD [A-Za-z0-9 .]{1,40}\/\/EN$/;

/** A tree that is masked in parts. */
export interface NodesInParts {
  /** Undefined when it is not shown at all; its children are there once all is masked. */
  readonly node: MaskedNode | undefined;
  /** Masks on while it may; true once all is masked. */
  goOn(mayGoOn: () => boolean): boolean;
  /** It is what the replay has from now on. */
  finish(): void;
}

interface Parts {
  /** Children whose turn comes later, those that come first at the end. */
  readonly open: { readonly of: readonly unknown[]; at: number; depth: number; into: MaskedNode[] }[];
  readonly texts: Map<number, boolean>;
}

interface Base {
  readonly id: number;
  readonly rootId?: number;
  readonly isShadow?: true;
}

export class NodeMasking {
  readonly #sources: NodeSources;
  /** The texts that the replay has, and whether each was shown as it is: no other one may ever be sent. */
  #texts = new Map<number, boolean>();
  #parts: Parts | undefined;
  #showsText = false;
  readonly #closed = new Set<number>();
  #left = MOST_NODES;
  /** Beyond so many texts and boxes those that are gone are looked for. */
  #tidiedAt = FEWEST_TIDIED;

  constructor(sources: NodeSources) {
    this.#sources = sources;
  }

  /** The node with all in it as it may be shown, or undefined when it is not shown at all. */
  node(raw: unknown): MaskedNode | undefined {
    this.#left = MOST_NODES;
    this.#tidy();
    return this.#node(raw, 0);
  }

  /** The same tree in parts: in the same order, and of the same depth and size at most. */
  inParts(raw: unknown): NodesInParts {
    this.#left = MOST_NODES;
    const parts: Parts = { open: [], texts: new Map() };
    return {
      node: this.#withParts(parts, () => this.#node(raw, 0)),
      goOn: (mayGoOn) => this.#withParts(parts, () => this.#goOn(parts, mayGoOn)),
      finish: () => {
        this.#texts = parts.texts;
      },
    };
  }

  #withParts<T>(parts: Parts, mask: () => T): T {
    this.#parts = parts;
    try {
      return mask();
    } finally {
      this.#parts = undefined;
    }
  }

  #goOn({ open }: Parts, mayGoOn: () => boolean): boolean {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      if (last.at === last.of.length) {
        open.pop();
        continue;
      }
      const node = this.#node(last.of[last.at], last.depth + 1);
      last.at += 1;
      if (node !== undefined) last.into.push(node);
      if (!mayGoOn()) return false;
    }
    return true;
  }

  #node(raw: unknown, depth: number): MaskedNode | undefined {
    this.#left -= 1;
    if (this.#left < 0 || depth > DEEPEST) return undefined;
    const record = asRecord(raw);
    const id = asId(record?.id);
    if (record === undefined || id === undefined) return undefined;
    const rootId = asId(record.rootId);
    const base: Base = {
      id,
      ...(rootId !== undefined && { rootId }),
      ...(record.isShadow === true && { isShadow: true }),
    };
    switch (record.type) {
      case nodeType.document:
        return { ...base, type: 0, childNodes: this.#children(record, depth), ...quirks(record) };
      case nodeType.doctype:
        return { ...base, type: 1, ...doctype(record) };
      case nodeType.element:
        return this.#element(base, record, depth);
      case nodeType.text:
        return this.#textNode(base, record);
      default:
        return undefined;
    }
  }

  subject(id: number, tag: string, isSvg: boolean): Subject {
    return { id, tag, isSvg, verdict: this.#sources.page.verdictOf(id) };
  }

  /**
   * What a text node shows after a change, or undefined when it shows the same as before: masked text looks
   * the same whatever it says, and then nothing is sent.
   */
  changedText(id: number, value: string): string | undefined {
    const wasShown = this.#texts.get(id);
    if (wasShown === undefined) return undefined;
    const shown = this.#text(id, value);
    const isShown = this.#texts.get(id) === true;
    const isStyle = this.#sources.page.tagOf(id) === 'style';
    return isStyle || isShown || wasShown ? shown : undefined;
  }

  /** What a text shows by now, or undefined when that is what it showed already. */
  reconsidered(id: number): string | undefined {
    // A sheet is no words, and is told as a whole.
    if (this.#sources.page.tagOf(id) === 'style') return undefined;
    const value = this.#sources.page.textOf(id);
    const wasShown = this.#texts.get(id);
    if (value === undefined || wasShown === undefined) return undefined;
    const shown = this.#text(id, value);
    return this.#texts.get(id) === wasShown ? undefined : shown;
  }

  #text(id: number, value: string): string {
    const { page, sheets } = this.#sources;
    const tag = page.tagOf(id);
    const verdict = page.verdictOf(id);
    this.#noteText(id, false);
    if (isAbsent(verdict) || tag === undefined) return '';
    if (tag === 'style') return sheets.inText(id, value);
    const isShown = holdsValueText(tag) ? isValueShown(verdict) : page.isTextShown(verdict);
    if (!isShown && value.trim() === '') return value === '' ? '' : ' ';
    if (!isShown || value.length > LONGEST_TEXT || this.#isCaught(id, value)) return maskToken(id);
    this.#noteText(id, true);
    this.#showsText = true;
    return value;
  }

  /** Until a tree that is masked in parts is whole, others have to be told of its texts as before. */
  #noteText(id: number, isShown: boolean): void {
    this.#texts.set(id, isShown);
    this.#parts?.texts.set(id, isShown);
  }

  #noteClosed(id: number, isClosed: boolean): void {
    if (isClosed) this.#closed.add(id);
    else this.#closed.delete(id);
  }

  /** Whether an element was told of as a box: nobody has anything of what was in it then. */
  wasClosed(id: number): boolean {
    return this.#closed.has(id);
  }

  /** Whether any text has been shown, so that a change beside it could take it back. */
  get showsText(): boolean {
    return this.#showsText;
  }

  forget(): void {
    this.#texts.clear();
    this.#closed.clear();
    this.#showsText = false;
  }

  /** Of a long view most texts that were ever shown have gone from the page: whatever comes back is told anew. */
  #tidy(): void {
    if (this.#texts.size + this.#closed.size < this.#tidiedAt) return;
    const { page } = this.#sources;
    for (const known of [this.#texts, this.#closed])
      for (const id of known.keys()) if (page.tagOf(id) === undefined) known.delete(id);
    this.#tidiedAt = Math.max(FEWEST_TIDIED, 2 * (this.#texts.size + this.#closed.size));
  }

  /** The text that an event tells of may be older than the one on the page; neither may be shown. */
  #isCaught(id: number, value: string): boolean {
    const { page } = this.#sources;
    if (page.tagOf(id) === 'textarea') return page.catchesValue(value);
    return page.catches(value) || page.isCaught(id);
  }

  #textNode(base: Base, record: RawRecord): MaskedNode {
    const textContent = this.#text(base.id, asText(record.textContent) ?? '');
    const isStyle = this.#sources.page.tagOf(base.id) === 'style';
    return { ...base, type: 3, textContent, ...(isStyle && { isStyle: true }) };
  }

  #element(base: Base, record: RawRecord, depth: number): MaskedNode {
    const { page, attributes } = this.#sources;
    const tag = (asText(record.tagName) ?? '').toLowerCase();
    const isSvg = record.isSVG === true;
    const subject = this.subject(base.id, tag, isSvg);
    page.hasChanged(base.id);
    const raw = asRecord(record.attributes) ?? {};
    const isKnownCustom = page.isDefined(tag) || this.#sources.isNamedInCss(tag);
    const isBoxed = isEmbeddedTag(tag) && page.isClosedToUs(base.id);
    const treatment = treatTag({ tag, isSvg, isKnownCustom, isBoxed });
    const names = { tagName: treatment.as, ...(isSvg && { isSVG: true as const }) };
    const empty = { ...base, type: 2 as const, ...names, childNodes: [] };
    if (subject.verdict.exposure === 'excluded') {
      // Alongside's own element keeps its place among its siblings, and nothing else.
      return { ...base, type: 2, tagName: 'div', attributes: { style: 'display:none' }, childNodes: [] };
    }
    if (tag === 'style' || tag === 'link')
      return this.#sheetElement({ ...empty, attributes: {} }, subject, record);
    if (treatment.content === 'dropped') return { ...empty, attributes: {} };
    if (subject.verdict.exposure === 'blocked') return { ...empty, attributes: attributes.box(subject, raw) };
    // The content of a canvas is drawn only where nothing can be drawn on it, which the replay is such a place of.
    const isClosed = tag === 'canvas' || (mayBeClosed(tag) && page.isClosedToUs(base.id));
    this.#noteClosed(base.id, isClosed && tag !== 'iframe');
    if (isClosed) return { ...empty, attributes: attributes.all(subject, raw) };
    if (record.isShadowHost === true) page.shadowShown(base.id);
    // A drawing that is masked, or a part of one, would show its content in its shapes, and in where its texts stand.
    if (hidesDrawing(subject)) {
      return { ...empty, attributes: tag === 'svg' ? attributes.box(subject, raw) : {} };
    }
    // What a drawing takes from another file is not fetched, and an empty place would be taken for one.
    if (tag === 'svg' && usesElsewhere(record)) {
      this.#noteClosed(base.id, true);
      return { ...empty, attributes: attributes.box(subject, raw, 'media') };
    }
    return {
      ...empty,
      attributes: attributes.all(subject, raw),
      childNodes: this.#children(record, depth),
      ...(record.isCustom === true && treatment.as === tag && tag.includes('-') && { isCustom: true }),
      ...(record.isShadowHost === true && { isShadowHost: true }),
    };
  }

  #sheetElement(
    empty: MaskedNode & { readonly attributes: MaskedAttributes },
    subject: Subject,
    record: RawRecord,
  ): MaskedNode {
    const raw = asRecord(record.attributes) ?? {};
    const shown = this.#sources.attributes.changed(subject, pick(raw, ['media', 'disabled']));
    const css = asText(raw._cssText);
    const foreign = css === undefined ? this.#sources.page.foreignSheetOf(subject.id) : undefined;
    if (foreign !== undefined) this.#sources.readForeignSheet(subject.id, foreign);
    if (css !== undefined) shown._cssText = this.#sources.sheets.inElement(subject.id, css);
    // The texts of a `style` come along, emptied where `_cssText` stands for them, since changes name them.
    const childNodes = subject.tag === 'style' ? this.#children(record, 0) : [];
    return { ...empty, attributes: shown, childNodes } as MaskedNode;
  }

  #children(record: RawRecord, depth: number): readonly MaskedNode[] {
    const children: unknown = record.childNodes;
    if (!Array.isArray(children)) return [];
    if (this.#parts !== undefined) {
      const into: MaskedNode[] = [];
      this.#parts.open.push({ of: children, at: 0, depth, into });
      return into;
    }
    return children.map((child) => this.#node(child, depth + 1)).filter((child) => child !== undefined);
  }
}

/** Whether the element and all in it are no part of what is shown. */
export function isAbsent(verdict: Verdict): boolean {
  return verdict.exposure === 'excluded' || verdict.exposure === 'blocked';
}

/** Whether it is, or holds, what takes a part of a drawing from another file. */
export function usesElsewhere({ tagName, attributes, childNodes }: RawRecord): boolean {
  if (tagName !== 'use') return asRecords(childNodes).some(usesElsewhere);
  const { href, 'xlink:href': linked = href } = asRecord(attributes) ?? {};
  const address = asText(href) ?? asText(linked) ?? '#';
  return !address.trim().startsWith('#');
}

function quirks(record: RawRecord): { compatMode?: 'BackCompat' } {
  return record.compatMode === 'BackCompat' ? { compatMode: 'BackCompat' } : {};
}

function doctype(record: RawRecord): { name: string; publicId: string; systemId: string } {
  const publicId = asText(record.publicId) ?? '';
  return { name: 'html', publicId: PUBLIC_ID.test(publicId) ? publicId : '', systemId: '' };
}

function pick(record: RawRecord, fields: readonly string[]): RawRecord {
  return Object.fromEntries(fields.filter((field) => field in record).map((field) => [field, record[field]]));
}
