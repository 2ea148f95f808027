/**
 * Decides on a path that an agent wants to open: like a press on a link where the page shows one to it, never
 * where the customer keeps agents away, and otherwise only when the visitor says yes to that very path.
 */

import type { IntentRefusal } from '@alongside/protocol';
import type { PristineDom } from '../masking/pristine-dom.js';
import { parseAddress } from '../page-address.js';
import type { ConfirmRequest } from './confirmation.js';
import { asLabel, confirmationFor } from './confirmation.js';
import type { PageGeometry } from './page-geometry.js';
import type { PaymentGuard } from './payment-guard.js';
import type { TargetCheck } from './target-check.js';

export interface NavigationCheckDeps {
  readonly document: Document;
  readonly dom: PristineDom;
  readonly geometry: PageGeometry;
  readonly check: TargetCheck;
  readonly payments: PaymentGuard;
}

const LINKS = 'a[href],area[href]';

export class NavigationCheck {
  readonly #deps: NavigationCheckDeps;

  constructor(deps: NavigationCheckDeps) {
    this.#deps = deps;
  }

  /** Why the address may not be opened whatever the visitor says: what no click may do, no path does either. */
  refusalFor(address: string): IntentRefusal | undefined {
    const { document, check, payments } = this.#deps;
    const links = this.#linksTo(address);
    const isKept = [document.documentElement, document.body, this.#linkOfOurs(address), ...links].some(
      (element) => element !== null && check.isExcluded(element),
    );
    if (isKept) return 'excluded';
    return links.some((link) => check.isMarkedPayment(link) || payments.isPayment(link))
      ? 'payment'
      : undefined;
  }

  /** What to ask the visitor, or undefined where a link that the agent may press leads there. */
  confirmationFor(address: string): ConfirmRequest | undefined {
    const links = this.#linksTo(address);
    if (links.some((link) => this.#mayPress(link))) return undefined;
    const { pathname, search } = new URL(address);
    return { reason: 'navigation', label: asLabel(pathname + search) };
  }

  #mayPress(link: Element): boolean {
    const { dom, geometry, check } = this.#deps;
    const { left, top, width, height } = geometry.boxOf(link);
    const centre = { x: left + width / 2, y: top + height / 2 };
    const asked = confirmationFor({ dom, isListed: (element) => check.isListed(element) }, link);
    return check.refusalAt(link, centre) === undefined && asked === undefined;
  }

  /** The customer's selectors name links by their address as well: they hold where no such link is on the page. */
  #linkOfOurs(address: string): Element {
    const link = this.#deps.document.createElement('a');
    const { pathname, search } = new URL(address);
    link.setAttribute('href', pathname + search);
    return link;
  }

  #linksTo(address: string): readonly Element[] {
    const wanted = withoutFragment(address);
    return this.#linksIn(this.#deps.document).filter((link) => {
      const href = this.#deps.dom.attribute(link, 'href') ?? '';
      const leadsTo = parseAddress(href, this.#deps.document.baseURI)?.href;
      return leadsTo !== undefined && withoutFragment(leadsTo) === wanted;
    });
  }

  #linksIn(root: Document | ShadowRoot): readonly Element[] {
    const { dom } = this.#deps;
    const inner = [...root.querySelectorAll('*')].flatMap((element) => {
      const shadow = dom.shadowRoot(element);
      return shadow === null ? [] : this.#linksIn(shadow);
    });
    return [...root.querySelectorAll(LINKS), ...inner];
  }
}

function withoutFragment(address: string): string {
  return address.split('#', 1)[0] ?? address;
}
