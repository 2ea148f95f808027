/**
 * What agents have put before a visitor who has not answered yet: in memory, and told again to each page of theirs that
 * comes, since a page that is left, or a line that is lost, takes along what it was told.
 */

import type { DeliveryOffered, EngagementId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';

export class OpenOffers {
  readonly #offers = new Map<EngagementId, readonly DeliveryOffered[]>();

  /** More than a few at once nobody reads: the oldest gives way. */
  add(engagementId: EngagementId, offer: DeliveryOffered): void {
    this.#offers.set(engagementId, [...this.#without(engagementId, offer), offer].slice(-limits.openOffers));
  }

  of(engagementId: EngagementId): readonly DeliveryOffered[] {
    return this.#offers.get(engagementId) ?? [];
  }

  answered(engagementId: EngagementId, deliveryId: string): void {
    const others = this.#without(engagementId, { deliveryId });
    if (others.length === 0) this.forget(engagementId);
    else this.#offers.set(engagementId, others);
  }

  forget(engagementId: EngagementId): void {
    this.#offers.delete(engagementId);
  }

  /** An agent may offer the same again, whose first answer was lost. */
  #without(engagementId: EngagementId, { deliveryId }: Pick<DeliveryOffered, 'deliveryId'>) {
    return this.of(engagementId).filter((each) => each.deliveryId !== deliveryId);
  }
}
