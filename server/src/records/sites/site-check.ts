/** What a site's shape cannot say: that its addresses are safe ones and fit together. */

import type { SiteEdit } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { isIdentityKey } from './visitor-identity.js';

/** The first field that is wrong. */
export function wrongSiteField(edit: SiteEdit): string | undefined {
  if (!edit.origins.every(isSafeOrigin)) return 'origins';
  if (!edit.visitorCountries.every(isCountryCode)) return 'visitorCountries';
  const { cookieDomain } = edit;
  if (cookieDomain !== undefined && !edit.origins.every((origin) => isWithin(origin, cookieDomain))) {
    return 'cookieDomain';
  }
  if (edit.identityKey !== undefined && !isIdentityKey(edit.identityKey)) return 'identityKey';
  return undefined;
}

/** Browsers give a page the means to seal frames in a secure context only: TLS, or this machine. */
function isSafeOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin) return false;
  return url.protocol === 'https:' || isLoopback(url.hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function isWithin(origin: string, domain: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
