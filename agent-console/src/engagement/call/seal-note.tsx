/** That a call is sealed from end to end, and the digits by which two people find out that nobody is between them. */

import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import type { CallClient } from './call-client.js';

export function SealNote({ call }: { readonly call: CallClient }) {
  const { t } = useMessages();
  const { codes } = useStore(call.state);
  if (codes === undefined) return undefined;
  // Three and three stay on one line.
  const shown = codes.map(({ code }) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`).join(' · ');
  return (
    <p className="trial-hint call-seal">
      {codes.length === 0 ? t('call.sealing') : t('call.sealed', { codes: shown })}
    </p>
  );
}
