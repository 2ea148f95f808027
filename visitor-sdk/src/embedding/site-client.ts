/** What the loader asks of the service: a site's configuration, before a visitor writes, and that it forgets one who has left. */

import type { Language, SiteConfig } from '@alongside/protocol';
import type { ReturnEntry } from '../return/return-store.js';
import type { FailureReason } from './public-api.js';

export interface SiteAddress {
  readonly service: string;
  /** Of letters, digits, `_` and `-` alone. */
  readonly site: string;
}

export type ConfigAnswer =
  | { readonly ok: true; readonly config: SiteConfig }
  | { readonly ok: false; readonly reason: FailureReason };

/** Taken before the page's later scripts can put themselves in between. */
export const pageFetch: typeof fetch = globalThis.fetch?.bind(globalThis);

/** Without credentials and without the page's address: the origin, which CORS sends, is all the service needs. */
export const requestPrivacy = { mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' } as const;

/** What a site shows waits for it. */
const LEAVING_MS = 5000;

export async function fetchSiteConfig(address: SiteAddress, language: Language): Promise<ConfigAnswer> {
  const { service, site } = address;
  try {
    const url = `${service}/v1/sites/${site}/config?language=${language}`;
    const answer = await pageFetch(url, requestPrivacy);
    if (answer.ok) return { ok: true, config: (await answer.json()) as SiteConfig };
    return { ok: false, reason: reasonOf(answer.status) };
  } catch {
    // Off the network, blocked by the page's policy, or an answer without CORS: all look alike from here.
    return { ok: false, reason: 'serviceUnreachable' };
  }
}

/**
 * Somebody else is at this browser now. It is sent also when the page goes elsewhere at once. Whether there is nothing
 * left to say: what the service does not know any more has been left as well.
 */
export function leaveForGood(
  { service }: SiteAddress,
  { engagementId, secret }: ReturnEntry,
): Promise<boolean> {
  return pageFetch(`${service}/v1/engagements/leave`, {
    ...requestPrivacy,
    method: 'POST',
    keepalive: true,
    signal: AbortSignal.timeout(LEAVING_MS),
    headers: { authorization: `Alongside ${engagementId}.${secret}` },
  }).then(
    ({ status }) => status < 429,
    () => false,
  );
}

function reasonOf(status: number): FailureReason {
  if (status === 403) return 'originNotAllowed';
  if (status === 404 || status === 400) return 'siteUnknown';
  return 'serviceUnreachable';
}
