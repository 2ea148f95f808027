/** An officer takes back the end of their customer's account, while it rests or waits to be erased. */

import { useState } from 'react';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Link } from '../parts/link.js';
import { useBusy } from '../parts/use-busy.js';
import { request } from './api.js';
import { CredentialFields, useCredentials } from './credential-fields.js';
import { Gate } from './gate.js';

export function RestorePage() {
  const messages = useMessages();
  const { t } = messages;
  const [credentials, setCredentials] = useCredentials();
  const [restored, setRestored] = useState(false);
  const { busy, failure, run } = useBusy();
  const restore = async (): Promise<void> => {
    const done = await run(() => request('POST', '/customer/restore', { body: credentials }));
    setRestored(done.ok);
  };
  if (restored)
    return (
      <Gate title={t('restore.title')} intro={t('restore.done')}>
        <p className="gate-other">
          <Link to={{ screen: 'queue' }}>{t('signIn.title')}</Link>
        </p>
      </Gate>
    );
  return (
    <Gate title={t('restore.title')} intro={t('restore.intro')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void restore();
        }}
      >
        {failure === undefined ? undefined : (
          <Banner tone="bad" role="alert">
            {failure.code === 'conflict'
              ? t('restore.notEnded')
              : failure.code === 'notAdmitted'
                ? t('signIn.wrong')
                : failureText(failure, messages)}
          </Banner>
        )}
        <CredentialFields credentials={credentials} onChange={setCredentials} />
        <Button type="submit" tone="primary" busy={busy}>
          {t('restore.submit')}
        </Button>
      </form>
      <p className="gate-other">
        <Link to={{ screen: 'queue' }}>{t('signIn.title')}</Link>
      </p>
    </Gate>
  );
}
