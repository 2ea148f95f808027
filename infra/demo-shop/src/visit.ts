/** What a page knows about the request it answers, and the answers it may give. */
import type { Markup } from './html.js';
import type { SdkEmbedding } from './sdk-embedding.js';
import type { ShopSession } from './shop-session.js';

export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly session: ShopSession;
  readonly sdk: SdkEmbedding | undefined;
  readonly links: Links;
  /** Reads the body as a form; undefined when it is too large or none. */
  form(): Promise<FormData | undefined>;
  /** Reads the body as JSON; undefined when it is too large or none. */
  json(): Promise<unknown>;
}

/** Starts of addresses: empty where the visitor stays on the sub-domain they are on. */
export interface Links {
  readonly shop: string;
  readonly pay: string;
  readonly onPay: boolean;
}

export interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answer =
  | ({ readonly kind: 'page' } & Page)
  | { readonly kind: 'document'; readonly document: Markup }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'json'; readonly status?: number; readonly body: unknown };

export type Handler = (visit: Visit) => Answer | Promise<Answer>;

/** The starts are relative to the scheme, so the shop need not know who terminates TLS in front of it. */
export function linksFor(hostname: string, publicHost: string, portSuffix: string): Links {
  const onPay = hostname === `pay.${publicHost}`;

  return {
    shop: onPay ? `//${publicHost}${portSuffix}` : '',
    pay: onPay ? '' : `//pay.${publicHost}${portSuffix}`,
    onPay,
  };
}
