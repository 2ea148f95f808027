/** Before anything of a visitor is shown to somebody, they promise to keep it to themselves. */

import type { Me } from '@alongside/protocol';
import { PLEDGE_VERSION } from '@alongside/protocol';
import { useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { CheckField } from '../parts/field.js';
import { FailureNote } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import { Gate } from './gate.js';
import type { Session } from './session.js';

export function PledgePage({ session, me }: { readonly session: Session; readonly me: Me }) {
  const { t } = useMessages();
  const [promised, setPromised] = useState(false);
  const { busy, failure, run } = useBusy();
  const pledge = async (): Promise<void> => {
    const done = await run(() => session.api.post('/pledge', { version: PLEDGE_VERSION }));
    if (done.ok) session.pledged();
  };
  return (
    <Gate title={t('pledge.title')} intro={t('pledge.text', { customer: me.customerName })}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void pledge();
        }}
      >
        <CheckField label={t('pledge.promise')} checked={promised} onChecked={setPromised} />
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
        <Button type="submit" tone="primary" busy={busy} disabled={!promised}>
          {t('pledge.submit')}
        </Button>
      </form>
    </Gate>
  );
}
