/** What a case was answered, as its officer and whoever asked both read it. */

import type { CaseSeen } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';

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
