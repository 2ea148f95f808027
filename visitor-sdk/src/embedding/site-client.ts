/** Asks the service for a site's configuration: the only request that is made before a visitor writes. */

import type { Language, SiteConfig } from '@alongside/protocol';
import type { FailureReason } from './public-api.js';

export interface SiteAddress {
  readonly service: string;
  readonly site: string;
}

export type ConfigAnswer =
  | { readonly ok: true; readonly config: SiteConfig }
  | { readonly ok: false; readonly reason: FailureReason };

/** Taken before the page's later scripts can put themselves in between. */
export const pageFetch: typeof fetch = globalThis.fetch?.bind(globalThis);

/** Without credentials and without the page's address: the origin, which CORS sends, is all the service needs. */
export const requestPrivacy = { mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' } as const;

export async function fetchSiteConfig(address: SiteAddress, language: Language): Promise<ConfigAnswer> {
  const { service, site } = address;
  try {
    const answer = await pageFetch(
      `${service}/v1/sites/${encodeURIComponent(site)}/config?language=${language}`,
      {
        ...requestPrivacy,
      },
    );
    if (answer.ok) return { ok: true, config: (await answer.json()) as SiteConfig };
    return { ok: false, reason: reasonOf(answer.status) };
  } catch {
    // Off the network, blocked by the page's policy, or an answer without CORS: all look alike from here.
    return { ok: false, reason: 'serviceUnreachable' };
  }
}

function reasonOf(status: number): FailureReason {
  if (status === 403) return 'originNotAllowed';
  if (status === 404 || status === 400) return 'siteUnknown';
  return 'serviceUnreachable';
}
