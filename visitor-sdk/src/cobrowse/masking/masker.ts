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
import type { MaskedEvent, MaskedIncrement, MaskedNode } from './masked-event.js';
import { eventType, source } from './masked-event.js';
import { MutationMasking } from './mutation-masking.js';
import type { NodesInParts } from './node-masking.js';
import { NodeMasking } from './node-masking.js';
import type { PageView } from './page-view.js';
import { Pictures } from './pictures.js';
import type { RawRecord } from './raw-record.js';
import { asNumber, asRecord, asRecords, asText } from './raw-record.js';
import { mutation, SheetMasking } from './sheet-masking.js';
import { ShownAgain } from './shown-again.js';
import { StandInIds } from './stand-in-ids.js';
import { TreeText } from './tree-text.js';
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

/** A snapshot that is masked in parts, of a page that does not change meanwhile. */
export interface SnapshotMasking {
  /** Masks and writes on while it may; true once all is masked and written. */
  goOn(mayGoOn: () => boolean): boolean;
  /** The snapshot, once all of it is masked: it is what the replay has from now on. */
  finish(initialOffset: unknown): WrittenSnapshot;
}

export interface WrittenSnapshot {
  readonly event: MaskedEvent;
  /** The same as JSON, where it was to be written. */
  readonly json: string | undefined;
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
  /** What is shown again without an event of the page. */
  readonly again: ShownAgain;
  readonly #deps: MaskerDeps;
  readonly #styles: StyleMasking;
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
    const pictures = new Pictures(assets);
    this.#sheets = new SheetMasking(page, styles);
    this.#attributes = new AttributeMasking({
      page,
      styles,
      ids,
      pictures,
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
    this.again = new ShownAgain({
      ...{ page, styles, pictures, withheld: this.#withheld },
      ...{ attributes: this.#attributes, sheets: this.#sheets, nodes: this.#nodes },
      now: () => deps.now(),
      onFailed: () => {
        this.counts.failed += 1;
      },
    });
  }

  /** What of a recorded event may leave, and what else has to be shown because of it. */
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
        ...this.again.nowNamed(masked.timestamp),
        ...this.#nowFocused(masked),
      ];
    } catch {
      // What went wrong is not looked at: its message could quote the page.
      this.counts.failed += 1;
      if (isStructural(raw)) this.#deps.onSnapshotNeeded();
      return [];
    }
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

  /**
   * The same of a snapshot in parts. What is known for those who watch already stays known until it is whole: it may
   * be dropped, and then they go on as they were.
   */
  inParts(raw: unknown, isWritten = true): SnapshotMasking {
    const names = cssIn(raw);
    let nodes: NodesInParts | undefined;
    let text: TreeText | undefined;
    return {
      goOn: (mayGoOn) => {
        for (let css = names.pop(); css !== undefined; css = names.pop()) {
          this.#sheets.learn([css]);
          if (!mayGoOn()) return false;
        }
        nodes ??= this.#begin(raw);
        if (!nodes.goOn(mayGoOn)) return false;
        if (isWritten && nodes.node !== undefined) text ??= new TreeText(nodes.node);
        return text?.goOn(mayGoOn) ?? true;
      },
      finish: (initialOffset) => {
        nodes?.finish();
        this.again.forget();
        this.#withheld.prune((id) => this.#deps.page.tagOf(id) !== undefined);
        const event = snapshotOf(nodes?.node, initialOffset, this.#deps.now());
        return { event, json: text && writtenAs(event, text) };
      },
    };
  }

  #begin(raw: unknown): NodesInParts {
    this.#styles.vocabulary.takeFresh();
    return this.#nodes.inParts(raw);
  }

  #snapshot(data: RawRecord, timestamp: number): MaskedEvent {
    this.#withheld.clear();
    this.again.forget();
    this.#nodes.forget();
    this.#sheets.forget();
    // Names first: an element may come before the sheet that names its classes.
    this.#sheets.learn(cssIn(data.node));
    this.#styles.vocabulary.takeFresh();
    return snapshotOf(this.#nodes.node(data.node), data.initialOffset, timestamp);
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
    return (type === FOCUS || type === BLUR) && typeof id === 'number' ? this.again.stateChanged(id) : [];
  }
}

type MaskedSnapshot = Extract<MaskedEvent, { readonly type: 2 }>;

function writtenAs({ type, data, timestamp }: MaskedSnapshot, node: TreeText): string {
  const { initialOffset } = data;
  return `{"type":${type},"data":{"node":${node},"initialOffset":${JSON.stringify(initialOffset)}},"timestamp":${timestamp}}`;
}

function snapshotOf(node: MaskedNode | undefined, scrolled: unknown, timestamp: number): MaskedSnapshot {
  if (node === undefined) throw new Error('The snapshot has no document');
  const offset = asRecord(scrolled);
  const initialOffset = { left: asNumber(offset?.left) ?? 0, top: asNumber(offset?.top) ?? 0 };
  return { type: 2, data: { node, initialOffset }, timestamp };
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
