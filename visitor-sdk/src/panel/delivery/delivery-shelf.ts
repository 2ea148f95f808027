/** What the agent has put before the visitor: it waits here, on this page, until the visitor presses or puts it away. */

import type { DeliveryContent, DocumentOffered } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { ReturnEntry } from '../../return/return-store.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { Answer } from '../session/visitor-http.js';

export interface Delivery {
  readonly deliveryId: string;
  readonly content: DeliveryContent;
}

export type OpenDocument =
  | { readonly state: 'loading' | 'failed'; readonly documentId: string }
  | { readonly state: 'shown'; readonly documentId: string; readonly document: DocumentOffered };

export interface DeliveryShelfDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly document: (entry: ReturnEntry, documentId: string) => Promise<Answer<DocumentOffered>>;
  /** Leaves for another page of this site. */
  go(path: string): void;
  /** Opens another site in a window that knows nothing of this one. */
  openElsewhere(url: string): void;
}

/** More than these at once nobody reads; the oldest gives way. */
const MOST_WAITING = 3;

export class DeliveryShelf {
  readonly waiting = signal<readonly Delivery[]>([]);
  readonly document = signal<OpenDocument | undefined>(undefined);
  readonly #deps: DeliveryShelfDeps;

  constructor(deps: DeliveryShelfDeps) {
    this.#deps = deps;
  }

  offered(delivery: Delivery): void {
    const others = this.waiting.value.filter(({ deliveryId }) => deliveryId !== delivery.deliveryId);
    this.waiting.value = [...others, delivery].slice(-MOST_WAITING);
  }

  /** Only by the visitor's own press: the caller has looked at that. */
  async open({ deliveryId, content }: Delivery): Promise<void> {
    if (content.kind === 'document') await this.#read(content.documentId);
    if (content.kind === 'link') this.#deps.openElsewhere(content.url);
    this.#answer(deliveryId, true);
    // Last, since it ends this page.
    if (content.kind === 'page') this.#deps.go(content.path);
  }

  putAway({ deliveryId }: Delivery): void {
    this.#answer(deliveryId, false);
  }

  closeDocument(): void {
    this.document.value = undefined;
  }

  clear(): void {
    this.waiting.value = [];
    this.document.value = undefined;
  }

  async #read(documentId: string): Promise<void> {
    const entry = this.#deps.session.peek()?.entry;
    if (entry === undefined) return;
    this.document.value = { state: 'loading', documentId };
    const answer: Answer<DocumentOffered> = await this.#deps.document(entry, documentId);
    // It was closed, or another was opened, meanwhile.
    if (this.document.value?.documentId !== documentId) return;
    this.document.value = answer.ok
      ? { state: 'shown', documentId, document: answer.value }
      : { state: 'failed', documentId };
  }

  #answer(deliveryId: string, opened: boolean): void {
    this.waiting.value = this.waiting.value.filter((each) => each.deliveryId !== deliveryId);
    const told = this.#deps.session.peek()?.command('delivery:answer', { deliveryId, opened });
    if (told !== undefined) unattended(told);
  }
}
