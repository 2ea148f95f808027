/** What an agent has put before the visitor: it waits here until the visitor presses or puts it away, on whichever page. */

import type { DeliveryContent, DeliveryOffered, DocumentOffered } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { ReturnEntry } from '../../return/return-store.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { Answer } from '../session/visitor-http.js';

export interface Delivery {
  readonly deliveryId: string;
  /** Who has put it there, by the name that they had then. */
  readonly agent: string;
  readonly content: DeliveryContent;
}

export type OpenDocument =
  | { readonly state: 'loading' | 'failed'; readonly documentId: string }
  | { readonly state: 'shown'; readonly documentId: string; readonly document: DocumentOffered };

export interface DeliveryShelfDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly agentName: (agentId: DeliveryOffered['agentId']) => string;
  readonly document: (entry: ReturnEntry, documentId: string) => Promise<Answer<DocumentOffered>>;
  /** Leaves for another page of this site. */
  go(path: string): void;
  /** Opens another site in a window that knows nothing of this one. */
  openElsewhere(url: string): void;
}

export class DeliveryShelf {
  readonly waiting = signal<readonly Delivery[]>([]);
  readonly document = signal<OpenDocument | undefined>(undefined);
  readonly #deps: DeliveryShelfDeps;
  /** What the visitor has done with each here: the server may not have heard it. */
  readonly #answers = new Map<string, boolean>();

  constructor(deps: DeliveryShelfDeps) {
    this.#deps = deps;
  }

  /** What is told again, after a connection was lost, is no news: then undefined. */
  offered({ deliveryId, agentId, content }: DeliveryOffered): Delivery | undefined {
    const opened = this.#answers.get(deliveryId);
    if (opened !== undefined) {
      this.#tell(deliveryId, opened);
      return undefined;
    }
    if (this.waiting.value.some((each) => each.deliveryId === deliveryId)) return undefined;
    const delivery = { deliveryId, agent: this.#deps.agentName(agentId), content };
    // The oldest gives way.
    this.waiting.value = [...this.waiting.value, delivery].slice(-limits.openOffers);
    return delivery;
  }

  /** Here, or in another tab. */
  answered(deliveryId: string): void {
    this.waiting.value = this.waiting.value.filter((each) => each.deliveryId !== deliveryId);
  }

  /** Only by the visitor's own press: the caller has looked at that. */
  async open({ deliveryId, content }: Delivery): Promise<void> {
    // What could not be fetched was not opened, and stays there to be tried again.
    if (content.kind === 'document' && !(await this.#read(content.documentId))) return;
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

  /** What was of the conversation before. */
  clear(): void {
    this.waiting.value = [];
    this.document.value = undefined;
    this.#answers.clear();
  }

  /** Whether it came, and is still wanted. */
  async #read(documentId: string): Promise<boolean> {
    const entry = this.#deps.session.peek()?.entry;
    if (entry === undefined) return false;
    const loading = { state: 'loading', documentId } as const;
    this.document.value = loading;
    const answer = await this.#deps.document(entry, documentId);
    // It was closed, or another was opened, meanwhile.
    if (this.document.value !== loading) return false;
    this.document.value = answer.ok
      ? { state: 'shown', documentId, document: answer.value }
      : { state: 'failed', documentId };
    return answer.ok;
  }

  #answer(deliveryId: string, opened: boolean): void {
    this.answered(deliveryId);
    this.#answers.set(deliveryId, opened);
    this.#tell(deliveryId, opened);
  }

  #tell(deliveryId: string, opened: boolean): void {
    const told = this.#deps.session.peek()?.command('delivery:answer', { deliveryId, opened });
    if (told !== undefined) unattended(told);
  }
}
