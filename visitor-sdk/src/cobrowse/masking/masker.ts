/**
 * The pass that every event takes before it may leave the page. It rebuilds events from the fields it knows and
 * drops the rest; where it fails, the event is dropped and counted, and if the view cannot do without it a
 * fresh snapshot is asked for. Nothing is ever passed on as it came.
 */

import { AttributeMasking } from './attribute-masking.js';
import type { CssJudge } from './css/css-judge.js';
import type { StyleAssets } from './css/style-masking.js';
import { StyleMasking } from './css/style-masking.js';
import { InteractionMasking, viewportPx } from './interaction-masking.js';
import type { MaskedAttributes, MaskedEvent, MaskedIncrement } from './masked-event.js';
import { eventType, source } from './masked-event.js';
import { MutationMasking } from './mutation-masking.js';
import { NodeMasking } from './node-masking.js';
import type { PageView } from './page-view.js';
import { Pictures } from './pictures.js';
import { isValueShown } from './privacy-rules.js';
import type { RawRecord } from './raw-record.js';
import { asNumber, asRecord, asRecords, asText } from './raw-record.js';
import { mutation, SheetMasking } from './sheet-masking.js';
import { StandInIds } from './stand-in-ids.js';
import { WithheldNames } from './withheld-names.js';

/** Shown as the page's address where it may not be shown. */
export const MASKED_ADDRESS = 'https://masked.invalid/';

export interface MaskerDeps {
  readonly page: PageView;
  readonly judge: CssJudge;
  readonly assets: StyleAssets;
  /** Reads a style sheet of another origin and answers with `foreignSheet`. */
  readForeignSheet(id: number, address: string): void;
  now(): number;
  /** What was sent no longer fits together; asked for again with a snapshot. */
  onSnapshotNeeded(): void;
}

export interface MaskerCounts {
  /** Events of kinds that never leave. */
  dropped: number;
  /** Events that could not be masked. */
  failed: number;
}

/** Tells the replay that what a style element held is gone. */
const EMPTIED_ATTRIBUTE = 'data-alongside-emptied';
/** Of rrweb's interactions. */
const FOCUS = 5;
const BLUR = 6;

/** Without one of these the replay has another tree or other styles than the page. */
const structural = new Set<number>([
  source.mutation,
  source.styleSheetRule,
  source.styleDeclaration,
  source.adoptedStyleSheet,
]);

export class Masker {
  readonly counts: MaskerCounts = { dropped: 0, failed: 0 };
  readonly #deps: MaskerDeps;
  readonly #styles: StyleMasking;
  readonly #pictures: Pictures;
  /** What each image was last shown as: it is drawn again far more often than it changes. */
  readonly #drawn = new Map<number, string>();
  readonly #withheld = new WithheldNames();
  readonly #attributes: AttributeMasking;
  readonly #sheets: SheetMasking;
  readonly #nodes: NodeMasking;
  readonly #mutations: MutationMasking;
  readonly #interactions: InteractionMasking;

  constructor(deps: MaskerDeps) {
    const { page, judge, assets } = deps;
    this.#deps = deps;
    const ids: StandInIds = new StandInIds((id) => this.#styles.vocabulary.knows(`#${id}`));
    this.#styles = new StyleMasking({
      judge,
      assets,
      sheetImages: page.showsTexts(),
      fragment: (id) => ids.standIn(id),
    });
    const styles = this.#styles;
    this.#pictures = new Pictures(assets);
    this.#sheets = new SheetMasking(page, styles);
    this.#attributes = new AttributeMasking({
      page,
      styles,
      ids,
      pictures: this.#pictures,
      withheld: this.#withheld,
    });
    const isNamedInCss = (tag: string) => styles.vocabulary.knows(`<${tag}`);
    this.#nodes = new NodeMasking({
      page,
      attributes: this.#attributes,
      sheets: this.#sheets,
      isNamedInCss,
      readForeignSheet: (id, address) => deps.readForeignSheet(id, address),
    });
    this.#mutations = new MutationMasking({
      page,
      nodes: this.#nodes,
      attributes: this.#attributes,
      sheets: this.#sheets,
      onSnapshotNeeded: () => deps.onSnapshotNeeded(),
    });
    this.#interactions = new InteractionMasking(page, isNamedInCss);
  }

  /** What of an event of rrweb may leave, and what else has to be shown because of it. */
  mask(event: unknown): readonly MaskedEvent[] {
    const raw = asRecord(event);
    try {
      const masked = raw === undefined ? undefined : this.#event(raw);
      if (masked === undefined) {
        this.counts.dropped += 1;
        return [];
      }
      return [
        ...this.#emptied(raw, masked),
        masked,
        ...this.#nowNamed(masked.timestamp),
        ...this.#nowFocused(masked),
      ];
    } catch {
      // What went wrong is not looked at: its message could quote the page.
      this.counts.failed += 1;
      if (isStructural(raw)) this.#deps.onSnapshotNeeded();
      return [];
    }
  }

  /** Shows the elements that waited for the image at this address. */
  imageSettled(address: string): readonly MaskedEvent[] {
    return this.#guarded(() => this.#picturesAgain(this.#pictures.settled(address)));
  }

  /** Shows the style sheets that waited for images and fonts, once no more are on their way. */
  assetsSettled(): readonly MaskedEvent[] {
    return this.#guarded(() => this.#sheets.refreshed());
  }

  /** Shows an image again after it was drawn, with the size it has now. */
  pictureDrawn(id: number): readonly MaskedEvent[] {
    return this.#guarded(() => {
      const changes = this.#picturesAgain([id]);
      const shown = JSON.stringify(changes);
      if (this.#drawn.get(id) === shown) return [];
      this.#drawn.set(id, shown);
      return changes;
    });
  }

  /** Shows a state that the browser changes no attribute for, and what it means for the elements around. */
  stateChanged(id: number): readonly MaskedEvent[] {
    return this.#guarded(() => {
      const changes = [id, ...this.#deps.page.hostsOf(id)].map((each) =>
        this.#changeOf(each, (subject) => this.#attributes.state(subject)),
      );
      return attributeMutation(changes);
    });
  }

  /** Shows which options of a list are chosen, where several may be. */
  choicesChanged(id: number): readonly MaskedEvent[] {
    return this.#guarded(() => {
      const { page } = this.#deps;
      if (!isValueShown(page.verdictOf(id))) return [];
      const changes = page
        .choicesOf(id)
        .map((choice) => ({ id: choice.id, attributes: { selected: choice.isChosen ? '' : null } }));
      return attributeMutation(changes);
    });
  }

  /** Shows whether a style sheet is in use. */
  sheetSwitched(id: number, isDisabled: boolean): readonly MaskedEvent[] {
    return this.#guarded(() =>
      attributeMutation([this.#changeOf(id, (subject) => this.#attributes.sheet(subject, isDisabled))]),
    );
  }

  /** Shows a style sheet that another address has been loaded into. */
  sheetLoaded(id: number, text: string): readonly MaskedEvent[] {
    const shown = this.#guarded(() =>
      attributeMutation([{ id, attributes: { _cssText: this.#sheets.inElement(id, text) } }]),
    );
    return [...shown, ...this.#nowNamed(this.#deps.now())];
  }

  /** Shows a style sheet of another origin that has been read. */
  foreignSheet(id: number, sheet: { readonly text: string; readonly base: string }): readonly MaskedEvent[] {
    const shown = this.#guarded(() => {
      const css = this.#sheets.inElement(id, sheet.text, sheet.base);
      return [mutation({ attributes: [{ id, attributes: { _cssText: css } }] })];
    });
    return [...shown, ...this.#nowNamed(this.#deps.now())];
  }

  #event(raw: RawRecord): MaskedEvent | undefined {
    const data = asRecord(raw.data);
    const timestamp = asNumber(raw.timestamp) ?? this.#deps.now();
    if (data === undefined) return undefined;
    switch (raw.type) {
      case eventType.meta:
        return { type: 4, data: this.#meta(data), timestamp };
      case eventType.fullSnapshot:
        return this.#snapshot(data, timestamp);
      case eventType.incremental: {
        const increment = this.#increment(data);
        return increment === undefined ? undefined : { type: 3, data: increment, timestamp };
      }
      default:
        return undefined;
    }
  }

  #meta(data: RawRecord): { href: string; width: number; height: number } {
    const href = this.#deps.page.address() ?? MASKED_ADDRESS;
    return { href, width: viewportPx(data.width), height: viewportPx(data.height) };
  }

  #snapshot(data: RawRecord, timestamp: number): MaskedEvent {
    this.#withheld.clear();
    this.#drawn.clear();
    this.#nodes.forget();
    this.#sheets.forget();
    // Names first: an element may come before the sheet that names its classes.
    this.#sheets.learn(cssIn(data.node));
    this.#styles.vocabulary.takeFresh();
    const node = this.#nodes.node(data.node);
    if (node === undefined) throw new Error('The snapshot has no document');
    const offset = asRecord(data.initialOffset);
    const initialOffset = { left: asNumber(offset?.left) ?? 0, top: asNumber(offset?.top) ?? 0 };
    return { type: 2, data: { node, initialOffset }, timestamp };
  }

  #increment(data: RawRecord): MaskedIncrement | undefined {
    switch (data.source) {
      case source.mutation:
        this.#sheets.learn(asRecords(data.adds).flatMap((add) => cssIn(add.node)));
        return this.#mutations.mutation(data);
      case source.styleSheetRule:
        return this.#sheets.ruleChange(data);
      case source.styleDeclaration:
        return this.#sheets.declarationChange(data);
      case source.adoptedStyleSheet:
        return this.#sheets.adopted(data);
      default:
        return this.#interactions.interaction(data);
    }
  }

  /** Elements whose classes, ids or attributes a style sheet has just named. */
  #nowNamed(timestamp: number): readonly MaskedEvent[] {
    const fresh = this.#styles.vocabulary.takeFresh();
    const withheld = fresh.length === 0 ? [] : this.#withheld.take(fresh);
    const changes = withheld.map(({ id, attribute }) =>
      this.#changeOf(id, (subject) => this.#attributes.again(subject, attribute)),
    );
    return this.#attributeEvents(changes, timestamp);
  }

  #emptied(raw: RawRecord | undefined, { timestamp, type }: MaskedEvent): readonly MaskedEvent[] {
    const data = asRecord(raw?.data);
    if (type !== eventType.incremental || data?.source !== source.mutation) return [];
    const emptied = this.#mutations.emptied(data);
    if (emptied.length === 0) return [];
    const attributes = emptied.map((id) => ({ id, attributes: { [EMPTIED_ATTRIBUTE]: '' } }));
    return [{ type: 3, data: mutation({ attributes }), timestamp }];
  }

  /** The replay cannot give the focus to an element, but has to draw it as one that has it. */
  #nowFocused(event: MaskedEvent): readonly MaskedEvent[] {
    if (event.type !== eventType.incremental || event.data.source !== source.mouseInteraction) return [];
    const { type, id } = event.data as { readonly type?: unknown; readonly id?: unknown };
    return (type === FOCUS || type === BLUR) && typeof id === 'number' ? this.stateChanged(id) : [];
  }

  #picturesAgain(ids: readonly number[]): readonly MaskedIncrement[] {
    const changes = ids.map((id) => this.#changeOf(id, (subject) => this.#attributes.picture(subject)));
    return attributeMutation(changes);
  }

  #changeOf(
    id: number,
    show: (subject: ReturnType<NodeMasking['subject']>) => MaskedAttributes,
  ): { id: number; attributes: MaskedAttributes } | undefined {
    const { page } = this.#deps;
    const tag = page.tagOf(id);
    const { exposure } = page.verdictOf(id);
    if (tag === undefined || exposure === 'excluded' || exposure === 'blocked') return undefined;
    const attributes = show(this.#nodes.subject(id, tag, page.isSvg(id)));
    return Object.keys(attributes).length === 0 ? undefined : { id, attributes };
  }

  #attributeEvents(
    changes: readonly ({ id: number; attributes: MaskedAttributes } | undefined)[],
    timestamp: number,
  ): readonly MaskedEvent[] {
    const attributes = changes.filter((change) => change !== undefined);
    return attributes.length === 0 ? [] : [{ type: 3, data: mutation({ attributes }), timestamp }];
  }

  #guarded(make: () => readonly MaskedIncrement[]): readonly MaskedEvent[] {
    try {
      const timestamp = this.#deps.now();
      return make().map((data) => ({ type: 3, data, timestamp }));
    } catch {
      this.counts.failed += 1;
      return [];
    }
  }
}

function attributeMutation(
  changes: readonly ({ readonly id: number; readonly attributes: MaskedAttributes } | undefined)[],
): readonly MaskedIncrement[] {
  const attributes = changes.filter((change) => change !== undefined);
  return attributes.length === 0 ? [] : [mutation({ attributes })];
}

function isStructural(raw: RawRecord | undefined): boolean {
  if (raw?.type !== eventType.incremental) return raw?.type !== undefined;
  const kind = asNumber(asRecord(raw.data)?.source);
  return kind !== undefined && structural.has(kind);
}

/** The style sheets in a tree of nodes. */
function cssIn(node: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const record = asRecord(at);
    const css = asText(asRecord(record?.attributes)?._cssText);
    if (css !== undefined) found.push(css);
    const children: unknown = record?.childNodes;
    if (Array.isArray(children)) open.push(...children);
  }
  return found;
}
