/** What a register must not say, whoever proposes it: unknown countries, impossible dates, struck-down frameworks. */

import { accept, type RegisterDocument, type Reply, refuse } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { refuseStruckDown } from './refuse-struck-down.js';

export function checkRegister(body: RegisterDocument, now: number): Reply<RegisterDocument> {
  const struckDown = refuseStruckDown(...wordsOf(body));
  if (struckDown !== undefined) return struckDown;
  const rows = [...body.adequacy, ...body.scopeFacts, ...body.establishments];
  if (rows.some(({ country }) => !isCountryCode(country))) return refuse('invalid', 'country');
  const dated = [...rows, ...body.certifications];
  // Somebody looked, so it was not tomorrow; a day ahead somewhere on earth is allowed for.
  if (dated.some(({ verifiedAt }) => Date.parse(verifiedAt) > now + 86_400_000))
    return refuse('invalid', 'verifiedAt');
  const periods = [...body.adequacy, ...body.certifications];
  if (periods.some(({ validFrom, validTo }) => validTo !== undefined && validTo < validFrom))
    return refuse('invalid', 'validTo');
  if (body.adequacy.some(({ framework, scope }) => framework !== undefined && scope === 'full'))
    return refuse('invalid', 'scope');
  return accept(body);
}

/** Everything that people write; the names of lists and states are fixed. */
function wordsOf(body: RegisterDocument): readonly string[] {
  return [
    ...body.adequacy.flatMap(({ instrument, scopeRule, source }) => [instrument, scopeRule ?? '', source]),
    ...body.certifications.flatMap(({ holder, source }) => [holder, source]),
    ...body.scopeFacts.map(({ source }) => source),
    ...body.establishments.map(({ source }) => source),
    body.fallbackWaiver ?? '',
  ];
}
