/** What changes on a page without telling anybody: looked at now and then while somebody watches, never otherwise. */

import { source } from '../masking/masked-event.js';
import { preferenceQueries } from '../masking/unseen-state.js';
import { asImported } from '../recording/css-text.js';
import { FieldWatch } from './field-watch.js';
import { SheetWatch } from './sheet-watch.js';

export interface UnseenChangesDeps {
  readonly window: Window & typeof globalThis;
  nodeOf(id: number): Node | undefined;
  numberOf(node: Node): number | undefined;
  /** An event in rrweb's format; it is masked like any other. */
  onEvent(data: Readonly<Record<string, unknown>>): void;
  onState(id: number): void;
  onChoices(id: number): void;
  onSheetSwitched(id: number, isDisabled: boolean): void;
  onSheetLoaded(id: number, text: string): void;
  onPictureLoaded(id: number): void;
  /** The page looks otherwise as a whole. */
  onLook(): void;
  /** While the page is busy, only one look in so many takes place. */
  lookEvery(): number;
}

/** A view is behind by so much at most in what no event tells of. */
const LOOK_MS = 400;
/** After something that such changes go along with. */
const SOON_MS = 30;

export class UnseenChanges {
  readonly fields: FieldWatch;
  readonly sheets: SheetWatch;
  readonly #deps: UnseenChangesDeps;
  readonly #links = new WeakSet<Element>();
  #removeListeners = new AbortController();
  #interval: number | undefined;
  #timer: number | undefined;
  #looks = 0;

  constructor(deps: UnseenChangesDeps) {
    this.#deps = deps;
    this.fields = new FieldWatch({
      nodeOf: (id) => deps.nodeOf(id),
      onChanged: (id, now) => deps.onEvent({ source: source.input, id, ...now }),
      onStateChanged: (id) => {
        deps.onState(id);
        deps.onChoices(id);
      },
    });
    this.sheets = new SheetWatch({
      window: deps.window,
      nodeOf: (id) => deps.nodeOf(id),
      numberOf: (node) => deps.numberOf(node),
      onNoneAdopted: (id) => deps.onEvent({ source: source.adoptedStyleSheet, id, styleIds: [] }),
      onSwitched: (id, isDisabled) => deps.onSheetSwitched(id, isDisabled),
      onTouched: () => this.#soon(),
      onRule: ({ sheet, path, text }) => {
        const index = path.length === 1 ? path[0] : path;
        // The replayer adds before it removes.
        deps.onEvent({ source: source.styleSheetRule, ...sheet, removes: [{ index }] });
        deps.onEvent({ source: source.styleSheetRule, ...sheet, adds: [{ rule: text, index }] });
      },
    });
  }

  start(): void {
    const { window } = this.#deps;
    this.#listen();
    this.sheets.start();
    for (const link of window.document.querySelectorAll('link')) this.#links.add(link);
    this.#interval = window.setInterval(() => {
      this.#looks += 1;
      if (this.#looks % this.#deps.lookEvery() === 0) this.#look();
    }, LOOK_MS);
  }

  stop(): void {
    const { window } = this.#deps;
    window.clearInterval(this.#interval);
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#removeListeners.abort();
    this.#removeListeners = new AbortController();
    this.fields.clear();
    this.sheets.stop();
  }

  /** A recorded event that others of these changes go along with. */
  noticed({ source: kind, id, styleIds, text, isChecked }: Readonly<Record<string, unknown>>): void {
    if (kind === source.adoptedStyleSheet && typeof id === 'number' && Array.isArray(styleIds))
      this.sheets.adopted(id, styleIds);
    if (kind !== source.input) return;
    if (typeof id === 'number' && typeof text === 'string')
      this.fields.told(id, { text, isChecked: isChecked === true });
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= this.#deps.window.setTimeout(() => {
      this.#timer = undefined;
      this.#look();
    }, SOON_MS);
  }

  #look(): void {
    const { window, numberOf } = this.#deps;
    const id = numberOf(window.document);
    if (id !== undefined) this.#noteOnce(id);
    this.fields.look();
    this.sheets.look();
    this.#lookAtFocus();
    this.#lookIntoRoots();
  }

  /** A key makes the browser show where the focus is, although it stays where it was. */
  #lookAtFocus(): void {
    const { document } = this.#deps.window;
    const visible = document.querySelector(':focus-visible');
    const before = this.#focused;
    if (visible === before) return;
    this.#focused = visible;
    for (const element of [before, visible]) {
      if (element?.isConnected === true) this.#withNumber(element, (id) => this.#deps.onState(id));
    }
  }

  /** Where the focus moves within one shadow root, no event of it leaves that root. */
  #lookIntoRoots(): void {
    const now = focusInRoot(this.#deps.window.document);
    const before = this.#inRoot;
    if (now?.element === before?.element && now?.isVisible === before?.isVisible) return;
    this.#inRoot = now;
    for (const element of new Set([before?.element, now?.element])) {
      if (element?.isConnected === true) this.#withNumber(element, (id) => this.#deps.onState(id));
    }
  }

  #focused: Element | null = null;
  #inRoot: RootFocus | undefined;
  #noted: number | undefined;
  #noteOnce(id: number): void {
    if (this.#noted !== id) this.sheets.noteRoot(id);
    this.#noted = id;
  }

  #listen(): void {
    const { window } = this.#deps;
    const { document } = window;
    const { signal } = this.#removeListeners;
    const options = { capture: true, passive: true, signal };
    document.addEventListener('load', (event) => this.#loaded(event.target), options);
    document.addEventListener(
      'toggle',
      (event) => this.#withNumber(event.target, (id) => this.#deps.onState(id)),
      options,
    );
    document.addEventListener('keydown', () => this.#soon(), options);
    document.addEventListener('reset', () => this.#soon(), options);
    for (const query of preferenceQueries(window))
      query.addEventListener('change', () => this.#deps.onLook(), { signal });
  }

  #loaded(target: EventTarget | null): void {
    const { window } = this.#deps;
    if (target instanceof window.HTMLImageElement)
      this.#withNumber(target, (id) => this.#deps.onPictureLoaded(id));
    if (!(target instanceof window.HTMLLinkElement)) return;
    // The first time the recorder itself waits for it.
    if (this.#links.has(target)) this.#withNumber(target, (id) => this.#sheetLoaded(id, target));
    this.#links.add(target);
  }

  #sheetLoaded(id: number, link: HTMLLinkElement): void {
    const text = rulesOf(link.sheet);
    if (text !== undefined) this.#deps.onSheetLoaded(id, text);
  }

  #withNumber(target: EventTarget | null, use: (id: number) => void): void {
    const id = target instanceof this.#deps.window.Element ? this.#deps.numberOf(target) : undefined;
    if (id !== undefined) use(id);
  }
}

interface RootFocus {
  readonly element: Element;
  readonly isVisible: boolean;
}

/** The element that has the focus, if it is in a shadow root that can be looked into. */
function focusInRoot({ activeElement }: Document): RootFocus | undefined {
  let element: Element | undefined;
  let inner = activeElement?.shadowRoot?.activeElement;
  while (inner) {
    element = inner;
    inner = inner.shadowRoot?.activeElement;
  }
  return element && { element, isVisible: element.matches(':focus-visible') };
}

/** Undefined for a sheet of another origin, which may not be read. */
function rulesOf(sheet: CSSStyleSheet | null): string | undefined {
  try {
    return [...(sheet?.cssRules ?? [])].map(ruleText).join('\n');
  } catch {
    return undefined;
  }
}

/** An imported sheet as what it brings: the replay imports nothing. */
function ruleText(rule: CSSRule): string {
  if (!('styleSheet' in rule)) return rule.cssText;
  const { styleSheet } = rule as CSSImportRule;
  return asImported(rule as CSSImportRule, rulesOf(styleSheet) ?? '');
}
