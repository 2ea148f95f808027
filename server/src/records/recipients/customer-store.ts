/**
 * A customer's own store, as `records` speaks to it: lines and answers are put there, and its 2xx is their commit. What
 * it does not take is not delivered, and is tried again by whoever still has it: never from here, where it is not kept.
 */

import {
  accept,
  type DeliveredAnswers,
  type DeliveredCorrection,
  type DeliveredEngagement,
  type DeliveredLine,
  type Done,
  type Reply,
  refuse,
  StoredEngagement,
  StoredLines,
} from '@alongside/protocol';
import * as v from 'valibot';
import type { RecipientRow } from '../entities/recipient-entity.js';
import type { RecordsLogger } from '../records-logger.js';
import { type DeliveryIssuer, deliveryToken } from './delivery-token.js';
import type { Egress, EgressAnswer, Sending } from './egress.js';

export interface CustomerStoreDeps {
  readonly egress: Egress;
  readonly issuer: DeliveryIssuer;
  readonly logger: RecordsLogger;
  readonly clock: () => number;
}

export type StoredLine = v.InferOutput<typeof StoredLines>['lines'][number];

/** Between tries to a store that failed, whoever asks: it grows to this, so that a store that is back is soon found. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;
/** A visitor who comes back waits for it. */
const INTRODUCTION_MS = 2_000;
/** It is there and does not have what was asked for, or does not know the question. */
const NOT_THERE: readonly number[] = [404, 405, 501];

interface Trouble {
  readonly failures: number;
  readonly until: number;
  /** On the clock, that of the first failure and of the last. */
  readonly since: number;
  readonly lastAt: number;
}

export class CustomerStore {
  readonly #deps: CustomerStoreDeps;
  readonly #troubles = new Map<string, Trouble>();

  constructor(deps: CustomerStoreDeps) {
    this.#deps = deps;
  }

  /** Failed before that and each time since, the last one not before it as well: what nobody speaks to may be back. */
  isDownSince(recipientId: string, before: number): boolean {
    const trouble = this.#troubles.get(recipientId);
    return trouble !== undefined && trouble.since < before && trouble.lastAt >= before;
  }

  putEngagement(to: RecipientRow, engagement: DeliveredEngagement): Promise<Reply<Done>> {
    return this.#put(to, engagementPath(engagement.engagementId), engagement);
  }

  putLine(to: RecipientRow, engagementId: string, line: DeliveredLine): Promise<Reply<Done>> {
    return this.#put(to, `${engagementPath(engagementId)}/lines/${line.number}`, line);
  }

  putAnswers(to: RecipientRow, engagementId: string, answers: DeliveredAnswers): Promise<Reply<Done>> {
    return this.#put(to, `${engagementPath(engagementId)}/answers`, answers);
  }

  putCorrection(
    to: RecipientRow,
    engagementId: string,
    correction: DeliveredCorrection,
  ): Promise<Reply<Done>> {
    return this.#put(
      to,
      `${engagementPath(engagementId)}/corrections/${correction.correctionId}`,
      correction,
    );
  }

  /** What the visitor said of themselves when it began; nothing where the store does not say it. */
  async introduction(to: RecipientRow, engagementId: string): Promise<StoredEngagement> {
    const asked = { method: 'GET', path: engagementPath(engagementId), withinMs: INTRODUCTION_MS } as const;
    const answer = await this.#send(to, asked);
    const read = v.safeParse(StoredEngagement, answer.ok ? parseJson(answer.value.text) : undefined);
    return read.success ? read.output : {};
  }

  async erase(to: RecipientRow, engagementId: string): Promise<Reply<Done>> {
    const answer = await this.#send(to, { method: 'DELETE', path: engagementPath(engagementId) });
    return answer.ok ? accept({}) : answer;
  }

  async eraseAnswers(to: RecipientRow, engagementId: string): Promise<Reply<Done>> {
    const path = `${engagementPath(engagementId)}/answers`;
    const answer = await this.#send(to, { method: 'DELETE', path });
    return answer.ok ? accept({}) : answer;
  }

  /** In order, as the store says that they were said. */
  async linesAfter(
    to: RecipientRow,
    { engagementId, after }: { engagementId: string; after: number },
  ): Promise<Reply<readonly StoredLine[]>> {
    const path = `${engagementPath(engagementId)}/lines`;
    const answer = await this.#send(to, { method: 'GET', path, query: `?after=${after}` });
    if (!answer.ok) return answer;
    const read = v.safeParse(StoredLines, parseJson(answer.value.text));
    return read.success ? accept(read.output.lines) : refuse('storageUnavailable', 'customerStore');
  }

  async #put(to: RecipientRow, path: string, body: object): Promise<Reply<Done>> {
    const answer = await this.#send(to, { method: 'PUT', path, body: JSON.stringify(body) });
    return answer.ok ? accept({}) : answer;
  }

  async #send(
    to: RecipientRow,
    sending: Omit<Sending, 'authorization'> & { readonly query?: string },
  ): Promise<Reply<EgressAnswer>> {
    const trouble = this.#troubles.get(to.recipientId);
    // A store that is down is not asked once for each line that waits for it.
    if (trouble !== undefined && performance.now() < trouble.until) return undelivered;
    const { query = '', ...rest } = sending;
    const { egress, issuer } = this.#deps;
    const { tenantId, endpoint } = to;
    const facts = { ...rest, tenantId, endpoint: endpoint ?? '', body: rest.body };
    const authorization = `Bearer ${deliveryToken(facts, issuer)}`;
    const answer = await egress.send(to, { ...rest, path: `${rest.path}${query}`, authorization });
    const taken = answer.ok && answer.value.status >= 200 && answer.value.status < 300;
    const isThere = answer.ok && rest.method === 'GET' && NOT_THERE.includes(answer.value.status);
    this.#note(to, taken || isThere);
    if (answer.ok && !taken) return undelivered;
    return answer;
  }

  #note({ recipientId }: RecipientRow, taken: boolean): void {
    const before = this.#troubles.get(recipientId);
    if (taken) {
      if (before !== undefined) this.#deps.logger.info('store.back', { recipientId });
      this.#troubles.delete(recipientId);
      return;
    }
    const failures = (before?.failures ?? 0) + 1;
    if (failures === 1) this.#deps.logger.warn('store.failed', { recipientId });
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    const lastAt = this.#deps.clock();
    const since = before?.since ?? lastAt;
    this.#troubles.set(recipientId, { failures, until: performance.now() + pauseMs, since, lastAt });
  }
}

const undelivered: Reply<never> = refuse('storageUnavailable', 'customerStore');

function engagementPath(engagementId: string): string {
  return `/engagements/${engagementId}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
