/** Masks changes of the page's tree: what came, what went, and which texts and attributes changed. */

import type { AttributeMasking } from './attribute-masking.js';
import { isInertTag, mayBeClosed } from './element-tags.js';
import { hidesDrawing } from './hidden-drawing.js';
import type { MaskedAttributes, MaskedMutation } from './masked-event.js';
import type { NodeMasking } from './node-masking.js';
import { isAbsent, usesElsewhere } from './node-masking.js';
import type { PageView } from './page-view.js';
import type { RawRecord } from './raw-record.js';
import { asId, asRecord, asRecords, asText } from './raw-record.js';
import type { SheetMasking } from './sheet-masking.js';
import { mutation } from './sheet-masking.js';
import type { Subject } from './subject.js';

export interface MutationSources {
  readonly page: PageView;
  readonly nodes: NodeMasking;
  readonly attributes: AttributeMasking;
  readonly sheets: SheetMasking;
  /**
   * A rule applies to an element otherwise than before, so that all inside it has to be shown anew; or a change
   * is too large to be played.
   */
  onSnapshotNeeded(): void;
}

/** What the console is willing to play at once. */
const MOST_ADDED = 40_000;

export class MutationMasking {
  readonly #sources: MutationSources;

  constructor(sources: MutationSources) {
    this.#sources = sources;
  }

  /** The change as it may be shown, or undefined when nothing of it may. */
  mutation(data: RawRecord): MaskedMutation | undefined {
    if (asRecords(data.adds).length > MOST_ADDED || movesFrame(data)) {
      this.#sources.onSnapshotNeeded();
      return undefined;
    }
    const masked = this.#masked(this.#withOpened(data));
    const texts = [...masked.texts, ...this.#reconsidered(data)];
    const { removes, adds } = masked;
    const attributes = [...masked.attributes, ...this.#letterPlaces({ removes, adds, texts })];
    const changes = removes.length + adds.length + texts.length + attributes.length;
    return changes === 0 ? undefined : { ...masked, texts, attributes };
  }

  /**
   * Where a drawing takes something from another file from now on, a box has to stand for all of it. A drawing that comes
   * with this change is told of with what it takes, and so becomes one; for another that is shown the page is asked for.
   */
  #withOpened(data: RawRecord): RawRecord {
    const taken = this.#takenFromElsewhere(data);
    if (taken.size === 0) return data;
    const adds = asRecords(data.adds).map((add) => {
      const node = asRecord(add.node);
      const id = asId(node?.id) ?? 0;
      const use = taken.get(id);
      taken.delete(id);
      return use === undefined ? add : { ...add, node: { ...node, childNodes: [use] } };
    });
    if ([...taken.keys()].some((drawing) => this.#isDrawn(drawing))) this.#sources.onSnapshotNeeded();
    return { ...data, adds };
  }

  /** What takes a part of a drawing from another file with this change, by the whole drawing. */
  #takenFromElsewhere(data: RawRecord): Map<number, RawRecord> {
    const { page } = this.#sources;
    const taken = new Map<number, RawRecord>();
    const take = (at: number | undefined, node: RawRecord): void => {
      const drawing = at === undefined || !usesElsewhere(node) ? undefined : page.drawingOf(at);
      if (drawing !== undefined) taken.set(drawing, node);
    };
    for (const { parentId, node } of asRecords(data.adds)) take(asId(parentId), asRecord(node) ?? {});
    for (const { id, attributes } of asRecords(data.attributes)) {
      const at = asId(id);
      const use = { tagName: 'use', attributes };
      if (at !== undefined && usesElsewhere(use) && page.tagOf(at) === 'use') take(at, use);
    }
    return taken;
  }

  /** Whether the drawing is shown, and not by its box. */
  #isDrawn(drawing: number): boolean {
    const { nodes } = this.#sources;
    if (nodes.wasClosed(drawing)) return false;
    const subject = nodes.subject(drawing, 'svg', true);
    return !isLeftOut(subject) && !hidesDrawing(subject);
  }

  #masked(data: RawRecord): MaskedMutation {
    return mutation({
      removes: asRecords(data.removes)
        .map(removed)
        .filter((item) => item !== undefined)
        .filter(({ parentId }) => !this.#sources.nodes.wasClosed(parentId)),
      adds: asRecords(data.adds)
        .map((add) => this.#added(add))
        .filter((item) => item !== undefined),
      texts: lastOfEach(asRecords(data.texts))
        .map((text) => this.#text(text))
        .filter((item) => item !== undefined),
      attributes: asRecords(data.attributes)
        .map((change) => this.#attributes(change))
        .filter((item) => item !== undefined),
      ...(data.isAttachIframe === true && { isAttachIframe: true }),
    });
  }

  /** Texts beside what changed: with it they may look like something that may not be shown, or no longer. */
  #reconsidered(data: RawRecord): readonly { readonly id: number; readonly value: string }[] {
    const { page, nodes } = this.#sources;
    if (!nodes.showsText) return [];
    // In a long element nothing but what stands there tells where something went.
    const left = asIds(data.besides);
    const touched = [
      ...asRecords(data.texts).map((text) => text.id),
      ...asRecords(data.adds).map((add) => asRecord(add.node)?.id),
      ...asRecords(data.removes).map((removal) => removal.parentId),
    ];
    const neighbours = [...asIds(touched), ...left].flatMap((id) => page.neighboursOf(id));
    const beside = new Set([...left, ...neighbours]);
    return [...beside]
      .map((id) => ({ id, value: nodes.reconsidered(id) }))
      .filter((text): text is { id: number; value: string } => text.value !== undefined);
  }

  /** A text of a drawing that shows other words, or none any more, has its letters elsewhere. */
  #letterPlaces({ removes, adds, texts }: Pick<MaskedMutation, 'removes' | 'adds' | 'texts'>) {
    const { page, nodes, attributes } = this.#sources;
    const touched = [...texts.map(({ id }) => id), ...[...adds, ...removes].map(({ parentId }) => parentId)];
    const drawn = [...new Set(touched.flatMap((id) => page.drawnTextsAround(id)))];
    return (
      drawn
        .map((id) => nodes.subject(id, page.tagOf(id) ?? '', page.isSvg(id)))
        // An element of HTML may bear the name of a drawn text.
        .filter((subject) => subject.isSvg && !isLeftOut(subject))
        .map((subject) => ({ id: subject.id, attributes: attributes.letterPlaces(subject) }))
        .filter((change) => Object.keys(change.attributes).length > 0)
    );
  }

  /**
   * Style elements whose text was written anew: the replay has what was in them as a sheet, and not in the texts
   * that are told to go.
   */
  emptied(data: RawRecord): readonly number[] {
    const { page } = this.#sources;
    const added = new Set(asRecords(data.adds).map((add) => asRecord(add.node)?.id));
    return asRecords(data.adds).flatMap((add) => {
      const parentId = asId(add.parentId);
      const id = asId(asRecord(add.node)?.id);
      if (parentId === undefined || id === undefined || page.tagOf(parentId) !== 'style') return [];
      // What comes along with its texts held nothing before.
      if (added.has(parentId)) return [];
      return page.textsIn(parentId)[0] === id && page.tagOf(id) === 'style' ? [parentId] : [];
    });
  }

  #added(add: RawRecord): MaskedMutation['adds'][number] | undefined {
    const { page, nodes } = this.#sources;
    const parentId = asId(add.parentId);
    if (parentId === undefined) return undefined;
    const tag = page.tagOf(parentId);
    const verdict = page.verdictOf(parentId);
    if (isAbsent(verdict) || (tag !== undefined && isInertTag(tag))) return undefined;
    // A box stands for such a drawing.
    if (tag === 'svg' && nodes.wasClosed(parentId)) return undefined;
    // What comes into a part of a drawing that is left out has no place with whoever watches, and would show it after all.
    const hides = hidesDrawing({ tag: tag ?? '', isSvg: page.isSvg(parentId), verdict });
    if (hides || verdict.undrawn === true) return undefined;
    const isClosable = tag !== undefined && tag !== 'iframe' && mayBeClosed(tag);
    if (tag === 'canvas' || (isClosable && page.isClosedToUs(parentId))) return undefined;
    const node = nodes.node(add.node);
    if (node === undefined) return undefined;
    return { parentId, nextId: asId(add.nextId) ?? null, node };
  }

  #text(text: RawRecord): MaskedMutation['texts'][number] | undefined {
    const id = asId(text.id);
    if (id === undefined) return undefined;
    const value = this.#sources.nodes.changedText(id, asText(text.value) ?? '');
    return value === undefined ? undefined : { id, value };
  }

  #attributes(change: RawRecord): MaskedMutation['attributes'][number] | undefined {
    const { page, nodes, attributes } = this.#sources;
    const id = asId(change.id);
    const raw = asRecord(change.attributes);
    const tag = id === undefined ? undefined : page.tagOf(id);
    if (id === undefined || raw === undefined || tag === undefined) return undefined;
    if (page.hasChanged(id)) this.#sources.onSnapshotNeeded();
    const subject = nodes.subject(id, tag, page.isSvg(id));
    if (isLeftOut(subject)) return undefined;
    const shown =
      tag === 'style' || tag === 'link'
        ? { ...attributes.changed(subject, pickMedia(raw)), ...this.#sheet(id, raw) }
        : isInertTag(tag)
          ? {}
          : attributes.changed(subject, raw);
    return Object.keys(shown).length === 0 ? undefined : { id, attributes: shown };
  }

  #sheet(id: number, raw: RawRecord): MaskedAttributes {
    const css = asText(raw._cssText);
    return css === undefined ? {} : { _cssText: this.#sources.sheets.inElement(id, css) };
  }
}

/** Nobody who watches has it, or more of it than its box. */
function isLeftOut(subject: Subject): boolean {
  const { verdict, tag } = subject;
  return isAbsent(verdict) || verdict.undrawn === true || (tag !== 'svg' && hidesDrawing(subject));
}

/** A text that has changed many times while changes were held back is read once, as what it has come to. */
function lastOfEach(texts: readonly RawRecord[]): readonly RawRecord[] {
  const last = new Map(texts.map((text) => [text.id, text]));
  return last.size === texts.length ? texts : [...last.values()];
}

/** A frame that is moved begins anew, and what comes of the new document comes before the frame itself. */
function movesFrame(data: RawRecord): boolean {
  const frames = asRecords(data.adds)
    .map((add) => asRecord(add.node))
    .filter((node) => asText(node?.tagName) === 'iframe')
    .map((node) => asId(node?.id));
  return frames.length > 0 && asRecords(data.removes).some((removal) => frames.includes(asId(removal.id)));
}

function pickMedia(raw: RawRecord): RawRecord {
  return 'media' in raw ? { media: raw.media } : {};
}

function removed(item: RawRecord): MaskedMutation['removes'][number] | undefined {
  const parentId = asId(item.parentId);
  const id = asId(item.id);
  if (parentId === undefined || id === undefined) return undefined;
  return { parentId, id, ...(item.isShadow === true && { isShadow: true }) };
}

function asIds(values: unknown): readonly number[] {
  return Array.isArray(values) ? values.map(asId).filter((id) => id !== undefined) : [];
}
