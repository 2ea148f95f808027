/** What is held of an engagement, class by class, with the basis of each transfer. */

import type { Receipt } from '@alongside/protocol';
import { dateTimeIn } from '../data/receipt-dates.js';
import type { Speech } from '../messages/speech.js';
import { usePanel } from './panel-context.js';

export function HeldList({ receipt }: { readonly receipt: Receipt }) {
  const { speech } = usePanel();
  return (
    <section>
      <h4>{speech.say('receipt.held')}</h4>
      <dl class="held">
        {receipt.held.map((each) => (
          <div key={each.class}>
            <dt>{speech.say(`receipt.class.${each.class}`)}</dt>
            <dd>
              {heldLine(speech, each)}
              {basisLines(speech, each.bases).map((line) => (
                <small key={line}>{line}</small>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function heldLine(speech: Speech, each: Receipt['held'][number]): string {
  if (each.erasedAt !== undefined)
    return speech.say('receipt.erased', { date: dateTimeIn(speech, each.erasedAt) });
  if (each.rows === 0) return speech.say('receipt.none');
  if (each.heldBy !== undefined)
    return speech.say('receipt.heldBy', {
      rows: speech.count('receipt.rows', each.rows),
      holder: each.heldBy.name,
      country: speech.country(each.heldBy.country),
    });
  return speech.say('receipt.keptUntil', {
    rows: speech.count('receipt.rows', each.rows),
    country: speech.country(each.storageCountry),
    date: speech.date(each.keptUntil),
  });
}

/** Several decisions may say the same sentence. */
function basisLines(speech: Speech, bases: Receipt['held'][number]['bases']): readonly string[] {
  return [...new Set(bases.map((basis) => speech.basis(basis)))];
}
