/**
 * Says for any node of the page how much of it may be shown: the site's rules and the page's own marks, the
 * nearest one winning, and what no rule can allow. Everything it cannot find out counts as hidden.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import type { PristineDom } from './pristine-dom.js';
import { flatParent } from './pristine-dom.js';
import { isSecretField } from './secret-field.js';
import { words } from './word-set.js';

export type Exposure =
  /** Alongside's own: as if it were not on the page. */
  | 'excluded'
  /** An empty box. */
  | 'blocked'
  /** Masked by a selector of the site: nothing inside can be allowed again. */
  | 'forced'
  | 'masked'
  | 'default'
  | 'allowed';

export interface Verdict {
  readonly exposure: Exposure;
  /** The text inside is what somebody typed or chose, so it is a value and not text. */
  readonly typed: boolean;
  /** A password, card, one-time-code, hidden or file field, or inside one. */
  readonly secret: boolean;
}

export const hiddenVerdict: Verdict = { exposure: 'excluded', typed: true, secret: true };
/** Where no rule says anything. */
export const topVerdict: Verdict = { exposure: 'default', typed: false, secret: false };
const detachedVerdict: Verdict = { exposure: 'forced', typed: true, secret: false };

export const MARK_ATTRIBUTE = 'data-alongside';

const ELEMENT = 1;
const DOCUMENT = 9;
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
  readonly #policy: MaskingPolicy;
  readonly #excluded = new WeakSet<Element>();
  /** Fields that were secret once stay so: "show password" turns them into text fields. */
  readonly #secrets = new WeakSet<Element>();
  readonly #block: string;
  readonly #mask: string;
  readonly #allow: string;
  /** A rule that hides something is not understood, so that nothing can be shown. */
  readonly #locked: boolean;
  #verdicts = new Map<Node, Verdict>();

  constructor(policy: MaskingPolicy, page: RulesPage) {
    const isSelector = (selector: string) => page.isSelector(selector);
    this.#dom = page.dom;
    this.#page = page.document;
    this.#policy = policy;
    this.#locked = ![...policy.maskSelectors, ...policy.blockSelectors].every(isSelector);
    this.#block = this.#locked ? '' : policy.blockSelectors.join(',');
    this.#mask = this.#locked ? '' : policy.maskSelectors.join(',');
    this.#allow = policy.allowSelectors.filter(isSelector).join(',');
  }

  /** For rrweb, which then does not even look inside. */
  get blockSelector(): string {
    const mark = `[${MARK_ATTRIBUTE}="block"]`;
    return this.#block === '' ? mark : `${mark},${this.#block}`;
  }

  /** From now on this element and all inside it is not there; by identity, whatever it looks like. */
  exclude(element: Element): void {
    this.#excluded.add(element);
    this.forget();
  }

  /** Verdicts hold while the page stands still; to be called when it may have changed. */
  forget(): void {
    if (this.#verdicts.size > 0) this.#verdicts = new Map();
  }

  /** Whether the text in a node with this verdict may be shown. */
  isTextShown(verdict: Verdict): boolean {
    if (isValueShown(verdict)) return true;
    return (
      verdict.exposure === 'default' &&
      this.#policy.text === 'shown' &&
      !this.#locked &&
      !verdict.typed &&
      !verdict.secret
    );
  }

  /** The verdict of an element, or of the element around any other node. */
  verdictOf(node: Node): Verdict {
    const known = this.#verdicts.get(node);
    if (known !== undefined) return known;
    const chain: Node[] = [];
    let verdict: Verdict | undefined;
    for (let at: Node | null = node; at !== null; at = flatParent(this.#dom, at)) {
      verdict = this.#verdicts.get(at);
      if (verdict !== undefined) break;
      chain.push(at);
      // Frames above the recorded document are not asked: what they say of themselves is not this page's.
      if (at === this.#page) break;
      if (chain.length > DEEPEST_CHAIN) return hiddenVerdict;
    }
    verdict ??= chain.at(-1) === this.#page ? topVerdict : detachedVerdict;
    for (const at of chain.reverse()) {
      verdict = this.#within(verdict, at);
      this.#verdicts.set(at, verdict);
    }
    return verdict;
  }

  #within(parent: Verdict, node: Node): Verdict {
    const type = this.#dom.nodeType(node);
    if (type === DOCUMENT && (node as Document).designMode === 'on') return { ...parent, typed: true };
    if (type !== ELEMENT) return parent;
    const element = node as Element;
    const tag = this.#dom.localName(element);
    const editable = this.#isEditable(element, parent, tag);
    const exposure = this.#exposureOf(element, parent.exposure);
    const secret = parent.secret || this.#isSecret(element, tag, editable);
    // Most elements are like the one around them; then they share its verdict.
    const same = exposure === parent.exposure && editable === parent.typed && secret === parent.secret;
    return same ? parent : { exposure, typed: editable, secret };
  }

  #exposureOf(element: Element, inherited: Exposure): Exposure {
    if (inherited === 'excluded' || this.#excluded.has(element)) return 'excluded';
    const mark = this.#dom.attribute(element, MARK_ATTRIBUTE)?.trim().toLowerCase();
    if (inherited === 'blocked' || mark === 'block' || this.#matches(element, this.#block)) return 'blocked';
    if (inherited === 'forced' || this.#matches(element, this.#mask)) return 'forced';
    if (this.#locked) return 'masked';
    if (mark === 'allow') return 'allowed';
    // A mark that is none of ours was meant to hide something.
    if (mark !== undefined && mark !== '') return 'masked';
    return this.#matches(element, this.#allow) ? 'allowed' : inherited;
  }

  #matches(element: Element, selector: string): boolean {
    return selector !== '' && this.#dom.matches(element, selector);
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
      names: [
        read('name'),
        read('id'),
        read('aria-label'),
        read('placeholder'),
        read('data-rr-is-password') && 'password',
      ],
    });
    if (secret) this.#secrets.add(element);
    return secret;
  }
}
