/** The one place that writes into the console of the customer's page: reasons for the people who embed us. */

import type { FailureReason } from './public-api.js';

const reasons: Record<FailureReason, string> = {
  insecureContext: 'This page is not a secure context, so nothing can be encrypted. Serve it over https.',
  originNotAllowed: 'The site does not list this origin. An officer adds it in the console under Sites.',
  siteUnknown: 'No site has this key. Copy the snippet in the console under Sites.',
  siteKeyMissing: 'No site key was given. The script tag needs data-alongside-site.',
  serviceMissing: 'Without a script tag, start needs the origin of the service.',
  serviceUnreachable: 'The service does not answer; it is asked again.',
  partBlocked:
    'A file of the SDK did not load. The content policy of the page needs the origin of the service in script-src and connect-src.',
  identityRefused:
    'The visitor was not confirmed: no token came from the page, or its signature, site, engagement or time is wrong.',
  tooOld: 'The SDK is too old for the service. Reload the page, or renew the pinned version.',
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
