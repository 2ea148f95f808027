/** The one-time link: whoever holds it says their name and sets a password, and is signed in. */

import type { EnrolmentLooked, SignedIn } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useEffect, useState } from 'react';
import { CountryField } from '../admin/country-field.js';
import { go } from '../app/router.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { Link } from '../parts/link.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { request } from './api.js';
import { Gate } from './gate.js';
import { PASSWORD_LENGTH } from './password-length.js';
import type { Session } from './session.js';

const SECRET = /^#([A-Za-z0-9_-]{43})$/;

export function EnrolPage({ session }: { readonly session: Session }) {
  const { t } = useMessages();
  const secret = useSecret();
  if (secret !== undefined) return <Enrolment key={secret} session={session} secret={secret} />;
  return (
    <Gate title={t('enrol.title')}>
      <Banner tone="bad">{t('enrol.badLink')}</Banner>
      <p className="gate-other">
        <Link to={{ screen: 'queue' }}>{t('signIn.title')}</Link>
      </p>
    </Gate>
  );
}

function useSecret(): string | undefined {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const read = (): void => setHash(location.hash);
    read();
    globalThis.addEventListener('hashchange', read);
    return () => globalThis.removeEventListener('hashchange', read);
  }, []);
  return SECRET.exec(hash)?.[1];
}

function Enrolment({ session, secret }: { readonly session: Session; readonly secret: string }) {
  const { t } = useMessages();
  const looked = useLoaded(secret, () =>
    request<EnrolmentLooked>('POST', '/enrolments/look', { body: { secret } }),
  );
  const isGone =
    looked.state === 'failed' &&
    ['notFound', 'expired', 'notAdmitted', 'conflict'].includes(looked.failure.code);
  return (
    <Gate title={t('enrol.title')}>
      {isGone ? (
        <>
          <Banner tone="bad">{t('enrol.gone')}</Banner>
          <p className="gate-other">
            <Link to={{ screen: 'queue' }}>{t('signIn.title')}</Link>
          </p>
        </>
      ) : (
        <Loaded from={looked}>
          {(about) => <EnrolForm session={session} secret={secret} about={about} />}
        </Loaded>
      )}
    </Gate>
  );
}

function EnrolForm({
  session,
  secret,
  about,
}: {
  readonly session: Session;
  readonly secret: string;
  readonly about: EnrolmentLooked;
}) {
  const { t } = useMessages();
  const [displayName, setDisplayName] = useState(about.displayName ?? '');
  const [password, setPassword] = useState('');
  const [country, setCountry] = useState('');
  const { busy, failure, run } = useBusy();
  const isShort = password.length > 0 && password.length < PASSWORD_LENGTH;
  const enrol = async (): Promise<void> => {
    const body = {
      secret,
      displayName: displayName.trim(),
      password,
      ...(country === '' ? {} : { country }),
    };
    const done = await run(() => request<SignedIn>('POST', '/enrolments', { body }));
    if (!done.ok) return;
    session.take(done);
    go({ screen: 'queue' }, 'replace');
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void enrol();
      }}
    >
      <p className="gate-intro">{t('enrol.intro', { customer: about.customerName, email: about.email })}</p>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      {/* Password managers file the password under this name. */}
      <input type="email" name="email" autoComplete="username" value={about.email} readOnly hidden />
      <TextField
        label={t('field.displayName')}
        hint={t('enrol.nameHint')}
        name="name"
        autoComplete="name"
        required
        maxLength={limits.nameLength}
        value={displayName}
        onText={setDisplayName}
      />
      <TextField
        label={t('field.newPassword')}
        hint={t('enrol.passwordHint', { length: PASSWORD_LENGTH })}
        error={isShort ? t('enrol.passwordShort', { missing: PASSWORD_LENGTH - password.length }) : undefined}
        type="password"
        name="new-password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH}
        maxLength={200}
        value={password}
        onText={setPassword}
      />
      {about.asksCountry ? (
        <CountryField
          label={t('people.country')}
          hint={t('enrol.countryHint')}
          required
          value={country}
          onText={setCountry}
        />
      ) : undefined}
      <Button type="submit" tone="primary" busy={busy}>
        {t('enrol.submit')}
      </Button>
    </form>
  );
}
