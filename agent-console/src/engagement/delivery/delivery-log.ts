/** What this agent has put before the visitor in this window, and what became of it. */

import type { DeliveryContent } from '@alongside/protocol';
import type { Result } from '../../app/failure.js';
import { isWorthRetrying } from '../../app/failure.js';
import { Store } from '../../app/store.js';
import type { LiveConnection } from '../../live/live-connection.js';

export interface DeliveryLogged {
  readonly deliveryId: string;
  readonly kind: DeliveryContent['kind'];
  readonly state: 'offered' | 'opened' | 'putAway';
}

export class DeliveryLog {
  readonly entries = new Store<readonly DeliveryLogged[]>([]);
  readonly #send: (deliveryId: string, content: DeliveryContent) => Promise<Result<unknown>>;

  /** What was not acknowledged may have arrived: trying again offers the same, and nothing twice. */
  readonly #unsure = new Map<string, string>();

  constructor(engagementId: string, live: Pick<LiveConnection, 'send'>) {
    this.#send = (deliveryId, content) =>
      live.send('delivery:offer', { engagementId, deliveryId, content } as Parameters<
        typeof live.send<'delivery:offer'>
      >[1]);
  }

  async offer(content: DeliveryContent): Promise<Result<unknown>> {
    const words = JSON.stringify(content);
    const deliveryId = this.#unsure.get(words) ?? crypto.randomUUID();
    this.#unsure.set(words, deliveryId);
    const sent = await this.#send(deliveryId, content);
    if (sent.ok || !isWorthRetrying(sent.failure)) this.#unsure.delete(words);
    if (!sent.ok) return sent;
    const entry = { deliveryId, kind: content.kind, state: 'offered' } as const;
    this.entries.update((entries) => [entry, ...entries].slice(0, 5));
    return sent;
  }

  answered({ deliveryId, opened }: { readonly deliveryId: string; readonly opened: boolean }): void {
    const state = opened ? 'opened' : 'putAway';
    this.entries.update((entries) =>
      entries.map((each) => (each.deliveryId === deliveryId ? { ...each, state } : each)),
    );
  }
}
