/** Where the signed reports are fetched from, each with its signature beside it. */

import type { ProofForm } from './stored-proof.js';

export const downloads: Readonly<Record<ProofForm, { readonly report: string; readonly signature: string }>> =
  {
    full: { report: '/proof/report.json', signature: '/proof/report.json.sig' },
    short: { report: '/proof/report-short.json', signature: '/proof/report-short.json.sig' },
  };
