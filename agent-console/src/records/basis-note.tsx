/** Why a row may be where it is, in plain words. */

import type { BasisShown } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Icon } from '../parts/icon.js';

export function BasisNote({ basis }: { readonly basis: BasisShown }) {
  const { t, country, date } = useMessages();
  const from = country(basis.fromCountry);
  const to = country(basis.toCountry);
  const sentence = t(`basis.${basis.basis}`, { from, to });
  const reference =
    basis.reference === undefined ? '' : ` ${t('basis.reference', { reference: basis.reference })}`;
  return (
    <p
      className="basis"
      title={t('basis.decided', { date: date(basis.decidedAt), decision: basis.decisionId })}
    >
      <Icon name="shield" size={14} />
      <span>
        {sentence}
        {reference}
      </span>
    </p>
  );
}
