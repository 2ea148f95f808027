/** The one place that writes into the console of the customer's page: reasons for the people who embed us. */

import type { FailureReason } from './public-api.js';

const reasons: Record<FailureReason, string> = {
  insecureContext: 'Nothing can be encrypted on this page. Serve it over https.',
  originNotAllowed: 'The site does not list this origin. Add it under Sites.',
  siteUnknown: 'No site has this key. Copy it under Sites.',
  siteKeyMissing: 'The script tag needs data-alongside-site.',
  serviceMissing: 'start needs the origin of the service.',
  serviceUnreachable: 'The service does not answer yet.',
  partBlocked: 'A file of the SDK did not load. Allow the service in script-src and connect-src.',
  identityRefused: 'No token, or its signature, site, engagement or time is wrong.',
  tooOld: 'The SDK is too old. Reload the page, or renew the pinned version.',
};

/** Says why the SDK does not work here. `about` is an origin or a key, never anything of a visitor. */
export function explainFailure(reason: FailureReason, about?: string): void {
  const subject = about === undefined ? '' : ` (${about})`;
  try {
    // biome-ignore lint/suspicious/noConsole: the people who embed the SDK read its reasons here and nowhere else.
    console.error(`[alongside] ${reason}${subject}: ${reasons[reason]}`);
  } catch {
    // A page may have replaced its console by something that throws; there is nobody else to tell.
  }
}
