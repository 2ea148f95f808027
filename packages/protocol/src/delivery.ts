/**
 * What an agent may put before a visitor: a page of the same site, a link, or a document of the customer's catalogue.
 * Nothing opens by itself, and nothing comes from the agent's own disk.
 */

import * as v from 'valibot';
import { personName, personText } from './chat.js';
import { exactObject } from './exact-object.js';
import type { AgentId } from './ids.js';

export const deliveryLimits = {
  addressLength: 2000,
  titleLength: 120,
  /** Of a document's text. */
  textLength: 20_000,
  /** Documents of one customer. */
  documents: 200,
  /** Deliveries that an agent may offer within ten seconds. */
  offersPer10s: 5,
} as const;

const DeliveryId = v.pipe(v.string(), v.uuid());
export const DocumentId = v.pipe(v.string(), v.uuid());

/** A path on the page's own origin: `//` and `/\` would lead elsewhere. */
const SitePath = v.pipe(
  v.string(),
  v.maxLength(deliveryLimits.addressLength),
  v.regex(/^\/(?![/\\])[^\s\\]*$/u),
);
const HttpsAddress = v.pipe(
  v.string(),
  v.maxLength(deliveryLimits.addressLength),
  // Nothing may stand before the host: a name in front of it passes one address off as another.
  v.regex(/^https:\/\/[^\s/@\\?#]+(?:[/?#][^\s\\]*)?$/u),
);

export const DeliveryContent = v.variant('kind', [
  exactObject({ kind: v.literal('page'), path: SitePath }),
  exactObject({ kind: v.literal('link'), url: HttpsAddress }),
  exactObject({ kind: v.literal('document'), documentId: DocumentId }),
]);
export type DeliveryContent = v.InferOutput<typeof DeliveryContent>;
/** Undefined for what cannot be offered. */
export function parseDeliveryContent(value: unknown): DeliveryContent | undefined {
  const parsed = v.safeParse(DeliveryContent, value);
  return parsed.success ? parsed.output : undefined;
}
export type DeliveryKind = DeliveryContent['kind'];

/** The id is the agent's, so that offering twice is harmless. */
export const DeliveryOffer = exactObject({ deliveryId: DeliveryId, content: DeliveryContent });
export type DeliveryOffer = v.InferOutput<typeof DeliveryOffer>;
/** As the visitor is told of it. */
export interface DeliveryOffered extends DeliveryOffer {
  readonly agentId: AgentId;
}
/** The visitor has pressed, or put it away. */
export const DeliveryAnswer = exactObject({ deliveryId: DeliveryId, opened: v.boolean() });
export type DeliveryAnswer = v.InferOutput<typeof DeliveryAnswer>;

/** `GET|POST /api/documents`, `PUT|DELETE /api/documents/:documentId`: the customer's catalogue. */
export const DocumentEdit = exactObject({
  title: personName(deliveryLimits.titleLength),
  text: personText(deliveryLimits.textLength),
});
export type DocumentEdit = v.InferOutput<typeof DocumentEdit>;
export interface DocumentShown extends DocumentEdit {
  readonly documentId: string;
  readonly changedAt: number;
}

/** `GET /v1/engagements/documents/:documentId` with the return secret, once it was offered there. */
export interface DocumentOffered {
  readonly title: string;
  readonly text: string;
}
