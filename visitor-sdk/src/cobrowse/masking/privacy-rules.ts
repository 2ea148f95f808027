/**
 * Says for any node of the page how much of it may be shown: the site's rules and the page's own marks, the
 * nearest one winning, and what no rule can allow. Everything it cannot find out counts as hidden.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import { textNets } from '@alongside/protocol';
import { hidesDrawing, isMaskedByRule } from './hidden-drawing.js';
import { TextNets } from './nets/text-nets.js';
import type { PristineDom } from './pristine-dom.js';
import { flatParent } from './pristine-dom.js';
import { isSecretField } from './secret-field.js';
import type { Exposure, SelectorJudge } from './site-rules.js';
import { MARK_ATTRIBUTE, SiteRules, stricter } from './site-rules.js';
import { TextRuns } from './text-runs.js';
import { words } from './word-set.js';

export type { Exposure };

export interface Verdict {
  readonly exposure: Exposure;
  /** The text inside is what somebody typed or chose, so it is a value and not text. */
  readonly typed: boolean;
  /** A password, card, one-time-code, hidden or file field, or inside one. */
  readonly secret: boolean;
  /** Somewhere in a part of a drawing that a rule masks: nobody who watches is given anything in there. */
  readonly undrawn?: boolean;
}

export const hiddenVerdict: Verdict = { exposure: 'excluded', typed: true, secret: true };

/** What the rules of one moment say of a node: each policy for itself, and what counts, the strictest of them. */
interface Judgement extends Verdict {
  readonly each: readonly Exposure[];
  /** What is in the node is undrawn. */
  readonly hides?: boolean;
}

/** What was found of a document, and all that it was found by. */
interface DocumentJudgement {
  readonly address: string;
  readonly designMode: string;
  readonly parent: Judgement;
  readonly judged: Judgement;
}

const ELEMENT = 1;
const DOCUMENT = 9;
const SVG = 'http://www.w3.org/2000/svg';
/** Deeper than any page is drawn; a longer chain is a loop that a page has made. */
const DEEPEST_CHAIN = 20_000;

const fields = new Set(['input', 'textarea', 'select']);
const typedTags = words(`
  input textarea select option optgroup datalist output`);
const typedRoles = words(`
  textbox searchbox combobox listbox option spinbutton slider checkbox radio switch menuitemcheckbox
  menuitemradio`);

/** Whether a value may be shown: only where a rule allows it, and never that of a secret field. */
export function isValueShown(verdict: Verdict): boolean {
  return verdict.exposure === 'allowed' && !verdict.secret;
}

export interface RulesPage {
  readonly dom: PristineDom;
  /** The document that is recorded; nodes outside it are hidden. */
  readonly document: Document;
  /** Whether the browser understands a selector. */
  isSelector(selector: string): boolean;
}

export class PrivacyRules {
  readonly #dom: PristineDom;
  readonly #page: Document;
  readonly #judge: SelectorJudge;
  #sites: readonly SiteRules[] = [];
  #blockSelector = '';
  #nets = new TextNets();
  #runs: TextRuns;
  readonly #excluded = new WeakSet<Element>();
  /** Fields that were secret once stay so: "show password" turns them into text fields. */
  readonly #secrets = new WeakSet<Element>();
  #judgements = new Map<Node, Judgement>();
  /** Every page pattern is asked about an address: that is done once, for as long as the same would come of it. */
  #documents = new WeakMap<Document, DocumentJudgement>();
  #atTop: Judgement | undefined;

  /** Of several policies the strictest counts at each node. */
  constructor(policies: MaskingPolicy | readonly MaskingPolicy[], page: RulesPage) {
    this.#dom = page.dom;
    this.#page = page.document;
    this.#judge = page;
    this.#runs = new TextRuns(page.dom, this.#nets);
    this.use('text' in policies ? [policies] : policies);
  }

  /** From now on these rules hold; what was excluded or secret stays so. */
  use(policies: readonly MaskingPolicy[]): void {
    if (policies.length === 0) throw new Error('There are no rules');
    this.#sites = policies.map((policy) => new SiteRules(policy, this.#judge));
    const blocks = this.#sites.map((site) => site.blockSelector).filter((each) => each !== '');
    this.#blockSelector = [`[${MARK_ATTRIBUTE}="block"]`, ...blocks].join(',');
    const on = textNets.filter((net) => policies.some(({ nets }) => nets?.includes(net) ?? true));
    this.#nets = new TextNets(on);
    this.#runs = new TextRuns(this.#dom, this.#nets);
    this.#documents = new WeakMap();
    this.#atTop = undefined;
    this.forget();
  }

  /** The field was secret, whatever it has become before anybody asked. */
  keepSecret(field: Element): void {
    this.#secrets.add(field);
    this.forget();
  }

  /** For the recorder, which then does not even look inside. */
  get blockSelector(): string {
    return this.#blockSelector;
  }

  /** What the address of the page says: changes when it moves to where other rules apply. */
  get standing(): string {
    return this.#ofDocument(this.#page, this.#top()).each.join(' ');
  }

  /** From now on this element and all inside it is not there; by identity, whatever it looks like. */
  exclude(element: Element): void {
    this.#excluded.add(element);
    this.forget();
  }

  /** Verdicts hold while the page stands still; to be called when it may have changed. */
  forget(): void {
    if (this.#judgements.size > 0) this.#judgements = new Map();
    this.#runs.forget();
  }

  /** Whether the text in a node with this verdict may be shown, as far as rules go. */
  isTextShown(verdict: Verdict): boolean {
    if (isValueShown(verdict)) return true;
    return verdict.exposure === 'texts' && !verdict.typed && !verdict.secret;
  }

  /** Whether a text node holds part of something that is masked for what it looks like. */
  isCaught(text: Node): boolean {
    return this.#runs.isCaught(text);
  }

  /** The same for a text that stands alone, such as an attribute. */
  catches(text: string): boolean {
    return this.#nets.catches(text);
  }

  /** The same for what somebody types or chooses. */
  catchesValue(text: string): boolean {
    return this.#nets.catchesValue(text);
  }

  /** The texts that a change of this node may make look like something else. */
  neighboursOf(node: Node): readonly Node[] {
    return this.#runs.neighboursOf(node);
  }

  /** The verdict of an element, or of the element around any other node. */
  verdictOf(node: Node): Verdict {
    const known = this.#judgements.get(node);
    if (known !== undefined) return known;
    const chain: Node[] = [];
    let judged: Judgement | undefined;
    for (let at: Node | null = node; at !== null; at = flatParent(this.#dom, at)) {
      judged = this.#judgements.get(at);
      if (judged !== undefined) break;
      chain.push(at);
      // Frames above the recorded document are not asked: what they say of themselves is not this page's.
      if (at === this.#page) break;
      if (chain.length > DEEPEST_CHAIN) return hiddenVerdict;
    }
    judged ??= chain.at(-1) === this.#page ? this.#top() : this.#detached();
    for (const at of chain.reverse()) {
      judged = this.#within(judged, at);
      this.#judgements.set(at, judged);
    }
    return judged;
  }

  /** Where no page and no element says anything. */
  #top(): Judgement {
    this.#atTop ??= judgement(
      this.#sites.map((site) => site.atTop),
      { typed: false, secret: false },
    );
    return this.#atTop;
  }

  #detached(): Judgement {
    return judgement(
      this.#sites.map(() => 'forced' as const),
      { typed: true, secret: false },
    );
  }

  #within(parent: Judgement, node: Node): Judgement {
    const type = this.#dom.nodeType(node);
    if (type === DOCUMENT) return this.#ofDocument(node as Document, parent);
    if (type !== ELEMENT) return parent;
    const element = node as Element;
    const tag = this.#dom.localName(element);
    const typed = this.#isEditable(element, parent, tag);
    const undrawn = parent.hides === true;
    const each = this.#exposuresOf(element, parent.each);
    const secret = parent.secret || this.#isSecret(element, tag, typed);
    // Most elements are like the one around them; then they share its verdict.
    const exposure = each === parent.each ? parent.exposure : each.reduce(stricter);
    const verdict = { exposure };
    // Most elements are masked by no rule, and then need not be asked what they are.
    const hides =
      undrawn ||
      (isMaskedByRule(verdict) && hidesDrawing({ tag, isSvg: element.namespaceURI === SVG, verdict }));
    const isAsDrawn = undrawn === (parent.undrawn === true) && hides === undrawn;
    const same = isAsDrawn && each === parent.each && typed === parent.typed && secret === parent.secret;
    return same ? parent : { ...judgement(each, { typed, secret }), undrawn, hides };
  }

  #ofDocument(document: Document, parent: Judgement): Judgement {
    const address = this.#dom.view(document)?.location.href ?? '';
    const { designMode } = document;
    const known = this.#documents.get(document);
    const isKnown = known?.address === address && known.designMode === designMode;
    if (isKnown && isSame(known.parent, parent)) return known.judged;
    const each = parent.each.map(
      (inherited, index) => this.#sites[index]?.ofPage(address, inherited) ?? 'blocked',
    );
    const typed = parent.typed || designMode === 'on';
    const around = { undrawn: parent.hides === true, hides: parent.hides === true };
    const judged = { ...judgement(each, { typed, secret: parent.secret }), ...around };
    this.#documents.set(document, { address, designMode, parent, judged });
    return judged;
  }

  /** The very list that was inherited where nothing else is said. */
  #exposuresOf(element: Element, inherited: readonly Exposure[]): readonly Exposure[] {
    if (this.#excluded.has(element)) return inherited.map(() => 'excluded');
    const each = inherited.map((one, index) => this.#sites[index]?.ofElement(element, one) ?? 'blocked');
    return each.every((one, index) => one === inherited[index]) ? inherited : each;
  }

  #isEditable(element: Element, parent: Verdict, tag: string): boolean {
    if (typedTags.has(tag)) return true;
    const editable = this.#dom.attribute(element, 'contenteditable')?.toLowerCase();
    if (editable !== undefined) return editable !== 'false' || parent.typed;
    const role = this.#dom.attribute(element, 'role')?.trim().toLowerCase();
    return parent.typed || (role !== undefined && typedRoles.has(role));
  }

  #isSecret(element: Element, tag: string, editable: boolean): boolean {
    if (this.#secrets.has(element)) return true;
    // The name of a custom element around a field in its shadow root counts as the field's.
    if (!fields.has(tag) && !editable && !tag.includes('-')) return false;
    const read = (name: string) => this.#dom.attribute(element, name) ?? '';
    const secret = isSecretField({
      type: tag === 'input' || tag.includes('-') ? read('type') : '',
      autocomplete: read('autocomplete'),
      inputMode: read('inputmode'),
      maxLength: read('maxlength'),
      names: [read('name'), read('id'), read('aria-label'), read('placeholder')],
    });
    if (secret) this.#secrets.add(element);
    return secret;
  }
}

function isSame(one: Judgement, other: Judgement): boolean {
  if (one === other) return true;
  const isAlike = one.typed === other.typed && one.secret === other.secret && one.hides === other.hides;
  return isAlike && one.each.every((exposure, index) => exposure === other.each[index]);
}

function judgement(
  each: readonly Exposure[],
  { typed, secret }: { readonly typed: boolean; readonly secret: boolean },
): Judgement {
  return { each, exposure: each.reduce(stricter), typed, secret };
}
