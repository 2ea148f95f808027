/**
 * A way to another site and back: whoever watches is told before the page is left, and the visitor when they are seen
 * again. Nothing is known of where they went. Browsers that do not tell of navigations announce nothing.
 */

import type { TabMemory } from '../session/tab-memory.js';
import { PassingNote } from './passing-note.js';

export interface RoundTripDeps {
  readonly memory: TabMemory;
  /** The engagement in which the page may be seen; undefined while it may not. */
  readonly engagement: () => string | undefined;
  /** Whether pages at this address belong to the same site. */
  readonly isOwn: (address: URL) => boolean;
  readonly tell: (away: boolean) => void;
  readonly onBack: () => void;
}

interface NavigationLike {
  addEventListener(type: 'navigate', listener: (event: Event) => void): void;
  removeEventListener(type: 'navigate', listener: (event: Event) => void): void;
}

/** A page that is still here after this long has not been left: it was a download, or the visitor thought better. */
const STAYED_MS = 30_000;

export class RoundTrip {
  /** The visitor is seen again. */
  readonly back = new PassingNote();
  readonly #deps: RoundTripDeps;
  readonly #navigation = (globalThis as { navigation?: NavigationLike }).navigation;
  readonly #navigate = (event: Event): void => this.#follow(event);
  #stayed: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: RoundTripDeps) {
    this.#deps = deps;
    this.#navigation?.addEventListener('navigate', this.#navigate);
  }

  /** Whether this tab was on its way elsewhere in this engagement when it was here last. */
  wasAway(engagementId: string): boolean {
    return this.#deps.memory.get('trip') === engagementId;
  }

  /** The page is seen. */
  seen(engagementId: string): void {
    // One that has been announced and not begun yet.
    if (this.#stayed !== undefined || !this.wasAway(engagementId)) return;
    this.#deps.memory.set('trip', undefined);
    this.back.say();
    this.#deps.onBack();
  }

  /** The page was put away whole, and is shown again. */
  wake(): void {
    clearTimeout(this.#stayed);
    this.#stayed = undefined;
  }

  close(): void {
    clearTimeout(this.#stayed);
    this.back.end();
    this.#navigation?.removeEventListener('navigate', this.#navigate);
  }

  #follow(event: Event): void {
    const { destination, downloadRequest } = event as Event & {
      readonly destination?: { readonly url: string };
      readonly downloadRequest?: string | null;
    };
    const engagement = this.#deps.engagement();
    if (engagement === undefined || destination === undefined || typeof downloadRequest === 'string') return;
    const isElsewhere = this.#isElsewhere(destination.url);
    if (isElsewhere === undefined) return;
    if (!isElsewhere) {
      this.#stay();
      return;
    }
    this.#deps.memory.set('trip', engagement);
    this.#deps.tell(true);
    clearTimeout(this.#stayed);
    this.#stayed = setTimeout(() => this.#stay(), STAYED_MS);
  }

  /** Undefined for what opens no page: a mail, a call. */
  #isElsewhere(text: string): boolean | undefined {
    try {
      const address = new URL(text);
      return /^https?:$/.test(address.protocol) ? !this.#deps.isOwn(address) : undefined;
    } catch {
      // It is no address.
      return undefined;
    }
  }

  #stay(): void {
    if (this.#stayed === undefined) return;
    this.wake();
    this.#deps.memory.set('trip', undefined);
    this.#deps.tell(false);
  }
}
