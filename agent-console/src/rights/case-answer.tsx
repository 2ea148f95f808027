/** What a case was answered and what is kept all the same, as its officer and whoever asked both read it. */

import type { CaseSeen } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';

/** Nothing, unless a hold keeps what was to go. */
export function HeldBack({ held }: Pick<CaseSeen, 'held'>) {
  const { t, day } = useMessages();
  if (held === undefined) return undefined;
  return <Banner tone="warn">{t('rights.held', { law: held.law, until: day(held.until) })}</Banner>;
}

export function CaseAnswer({ answer }: { readonly answer: NonNullable<CaseSeen['answer']> }) {
  const { t } = useMessages();
  const { text, ground, law, redress } = answer;
  return (
    <>
      <p dir="auto">{text}</p>
      {ground === undefined ? undefined : (
        <p>
          {t(`rights.ground.${ground}`)} <span className="sub">{law}</span>
        </p>
      )}
      {redress === undefined ? undefined : <p className="sub">{redress}</p>}
    </>
  );
}
