/** Signing in. */

import type { Installation } from '@alongside/protocol';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Link } from '../parts/link.js';
import { useBusy } from '../parts/use-busy.js';
import { CredentialFields, useCredentials } from './credential-fields.js';
import { Gate } from './gate.js';
import type { Session } from './session.js';

export function SignInPage({
  session,
  installation,
  because,
}: {
  readonly session: Session;
  readonly installation: Installation;
  readonly because: 'expired' | 'left' | 'accountEnds' | undefined;
}) {
  const messages = useMessages();
  const { t } = messages;
  const [credentials, setCredentials] = useCredentials();
  const { busy, failure, run } = useBusy();
  return (
    <Gate title={t('signIn.title')} intro={t('signIn.intro')}>
      {because === 'expired' ? <Banner tone="warn">{t('signIn.expired')}</Banner> : undefined}
      {because === 'accountEnds' ? <Banner>{t('account.ended')}</Banner> : undefined}
      {installation.storage === 'down' ? <Banner tone="warn">{t('signIn.storageDown')}</Banner> : undefined}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => session.signIn(credentials.email, credentials.password));
        }}
      >
        {failure === undefined ? undefined : (
          <Banner tone="bad" role="alert">
            {/* Which of the two is wrong is nobody's business but the person's who knows both. */}
            {failure.code === 'notAdmitted' ? t('signIn.wrong') : failureText(failure, messages)}
          </Banner>
        )}
        <CredentialFields credentials={credentials} onChange={setCredentials} />
        <Button type="submit" tone="primary" busy={busy}>
          {t('signIn.submit')}
        </Button>
      </form>
      {installation.signUp === 'closed' ? undefined : (
        <p className="gate-other">
          {installation.anyCustomer ? t('signIn.newHere') : t('signIn.first')}{' '}
          <Link to={{ screen: 'signUp' }}>{t('signUp.title')}</Link>
        </p>
      )}
      {installation.anyCustomer ? (
        <p className="gate-other">
          <Link to={{ screen: 'restore' }}>{t('restore.title')}</Link>
        </p>
      ) : undefined}
    </Gate>
  );
}
