/** Where a visitor's page asks: apart from the schemas, which it does not need. */

import type { SiteKey } from '../ids.js';

/** What the panel asks from its beginning. */
export const firstVisitorPaths = {
  config: (siteKey: SiteKey | ':siteKey') => `/v1/sites/${siteKey}/config`,
  start: (siteKey: SiteKey | ':siteKey') => `/v1/sites/${siteKey}/engagements`,
  comeBack: '/v1/engagements/return',
  lines: '/v1/engagements/lines',
} as const;

export const visitorPaths = {
  ...firstVisitorPaths,
  notices: (siteKey: SiteKey | ':siteKey') => `/v1/sites/${siteKey}/notices`,
  transferWords: (country: string) => `/v1/engagements/transfer-words/${country}`,
  survey: '/v1/engagements/survey',
  receipt: '/v1/engagements/receipt',
  document: (documentId: string) => `/v1/engagements/documents/${documentId}`,
  export: '/v1/engagements/export',
  erase: '/v1/engagements/erase',
  leave: '/v1/engagements/leave',
} as const;
