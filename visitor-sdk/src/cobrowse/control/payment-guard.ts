/**
 * Tells what pays, which no agent may press and no visitor is asked about: buttons that say so, what the page marks
 * so, and every button of a form that holds card, one-time-code or password fields, whatever it says.
 */

import type { PristineDom } from '../masking/pristine-dom.js';
import type { PrivacyRules } from '../masking/privacy-rules.js';
import { paying } from './act-words.js';
import { isLink, labelsOf, pressedAt } from './pressed-elements.js';

/** Wallets and checkouts that come as components say it in their name. */
const payingComponent = /(?:^|-)(?:pay|paypal|payment|buy|checkout)(?:-|$)/;
/** Where there is no form: what a person would take for one. */
const FORM_LIKE = '[role="form"],dialog,[role="dialog"],fieldset';
const FIELDS = 'input,select,textarea,[contenteditable],[role="textbox"]';
/** Of these types every form may have some: session tokens and attachments are no sign of a payment. */
const COMMON_TYPES = new Set(['hidden', 'file', 'submit', 'button', 'reset', 'image', 'checkbox', 'radio']);

export class PaymentGuard {
  readonly #dom: PristineDom;
  readonly #rules: PrivacyRules;

  constructor(dom: PristineDom, rules: PrivacyRules) {
    this.#dom = dom;
    this.#rules = rules;
  }

  /** Whether a click that lands on this element might pay, or hand over what pays. */
  isPayment(hit: Element): boolean {
    this.#rules.forget();
    return pressedAt(this.#dom, hit).some((element) => this.#pays(element));
  }

  #pays(element: Element): boolean {
    const tag = this.#dom.localName(element);
    if (tag.includes('-') && payingComponent.test(tag)) return true;
    if (this.#isComponentAround(element, tag)) return false;
    if (this.#isChoice(element, tag)) return false;
    if (labelsOf(this.#dom, element).some((label) => paying.test(label))) return true;
    return !isLink(this.#dom, element) && this.#isButton(element) && this.#isAmongSecrets(element);
  }

  /** A component that is no button itself, as one that draws the whole page: its text is not a label. */
  #isComponentAround(element: Element, tag: string): boolean {
    return tag.includes('-') && !this.#isButton(element);
  }

  /** Boxes and radios only choose; "Pay by card" beside one is not the button that pays. */
  #isChoice(element: Element, tag: string): boolean {
    if (tag !== 'input') return false;
    return !/^(?:submit|image|button|reset)$/.test((element as HTMLInputElement).type);
  }

  #isButton(element: Element): boolean {
    return this.#dom.matches(element, 'button,input,[role="button"],[role="menuitem"],[type="submit"]');
  }

  #isAmongSecrets(button: Element): boolean {
    const form = (button as Partial<HTMLButtonElement>).form ?? this.#formAround(button);
    if (form === null || form === undefined) return false;
    // Fields may belong to a form from outside of it, which only the form's own list tells.
    const listed = this.#dom.localName(form) === 'form' ? elementsOf(form as HTMLFormElement) : [];
    return [...listed].some((field) => this.#isSecret(field)) || this.#holdsSecret(form);
  }

  #formAround(element: Element): Element | null {
    for (let at: Element | null = element; at !== null; at = this.#hostOf(at)) {
      const form = this.#dom.closest(at, 'form') ?? this.#dom.closest(at, FORM_LIKE);
      if (form !== null) return form;
    }
    return null;
  }

  #hostOf(element: Element): Element | null {
    const root = element.getRootNode();
    return 'host' in root ? this.#dom.host(root as ShadowRoot) : null;
  }

  /** Also in the components of a form, where its list does not reach. */
  #holdsSecret(root: Element | ShadowRoot): boolean {
    if ([...root.querySelectorAll(FIELDS)].some((field) => this.#isSecret(field))) return true;
    return [...root.querySelectorAll('*')].some((element) => {
      const shadow = this.#dom.localName(element).includes('-') ? this.#dom.shadowRoot(element) : null;
      return shadow !== null && this.#holdsSecret(shadow);
    });
  }

  #isSecret(field: Element): boolean {
    const type = this.#dom.localName(field) === 'input' ? (field as HTMLInputElement).type : '';
    return !COMMON_TYPES.has(type) && this.#rules.verdictOf(field).secret;
  }
}

/** A field called `elements` hides the form's own list. */
function elementsOf(form: HTMLFormElement): Iterable<Element> {
  const view = form.ownerDocument.defaultView as (Window & typeof globalThis) | null;
  const get = view && Object.getOwnPropertyDescriptor(view.HTMLFormElement.prototype, 'elements')?.get;
  const listed: unknown = get && Reflect.apply(get, form, []);
  return (listed as HTMLFormControlsCollection | undefined) ?? [];
}
