/** What a register must not say, whoever proposes it: unknown countries, impossible dates, struck-down frameworks. */

import { accept, type RegisterDocument, type Reply, refuse } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { refuseStruckDown } from './refuse-struck-down.js';

export function checkRegister(body: RegisterDocument, now: number): Reply<RegisterDocument> {
  const struckDown = refuseStruckDown(...wordsOf(body));
  if (struckDown !== undefined) return struckDown;
  for (const [field, isWrong] of rules) {
    for (const list of lists) {
      const place = body[list].findIndex((row: Row) => isWrong(row, now));
      if (place >= 0) return refuse('invalid', `${list}.${place}.${field}`);
    }
  }
  return accept(body);
}

const lists = ['adequacy', 'certifications', 'scopeFacts', 'establishments'] as const;

/** What rows of one list or another have. */
interface Row {
  readonly country?: string;
  readonly verifiedAt: string;
  readonly validFrom?: string;
  readonly validTo?: string | undefined;
  readonly framework?: string | undefined;
  readonly scope?: string;
}

const rules: readonly (readonly [field: keyof Row, isWrong: (row: Row, now: number) => boolean])[] = [
  ['country', ({ country }) => country !== undefined && !isCountryCode(country)],
  // Somebody looked, so it was not tomorrow; a day ahead somewhere on earth is allowed for.
  ['verifiedAt', ({ verifiedAt }, now) => Date.parse(verifiedAt) > now + 86_400_000],
  ['validTo', ({ validFrom = '', validTo }) => validTo !== undefined && validTo < validFrom],
  ['scope', ({ framework, scope }) => framework !== undefined && scope === 'full'],
];

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
