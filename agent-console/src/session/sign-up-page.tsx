/** Signing a customer up: a name and an e-mail address suffice; everything else can wait. */

import type { CustomerCreated, Installation } from '@alongside/protocol';
import { useState } from 'react';
import { go } from '../app/router.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { Link } from '../parts/link.js';
import { FailureNote } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import { request } from './api.js';
import { Gate } from './gate.js';

export function SignUpPage({ installation }: { readonly installation: Installation }) {
  const { t, day } = useMessages();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const { busy, failure, run } = useBusy();
  const signUp = async (): Promise<void> => {
    const withCode = installation.signUp === 'code' ? { code: code.trim() } : {};
    const body = { name: name.trim(), email: email.trim(), ...withCode };
    const created = await run(() => request<CustomerCreated>('POST', '/customers', { body }));
    if (!created.ok) return;
    // The one-time link is opened at once; behind the hash it is sent to no server and logged nowhere.
    go({ screen: 'enrol' });
    history.replaceState(null, '', `/enrol#${created.value.enrolSecret}`);
    globalThis.dispatchEvent(new HashChangeEvent('hashchange'));
  };
  return (
    <Gate title={t('signUp.title')} intro={t('signUp.intro')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void signUp();
        }}
      >
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
        <TextField
          label={t('signUp.name')}
          name="organization"
          autoComplete="organization"
          required
          maxLength={120}
          value={name}
          onText={setName}
        />
        <TextField
          label={t('field.email')}
          hint={t('signUp.emailHint')}
          type="email"
          name="email"
          autoComplete="email"
          required
          value={email}
          onText={setEmail}
        />
        {installation.signUp === 'code' ? (
          <TextField
            label={t('signUp.code')}
            hint={t('signUp.codeHint')}
            name="code"
            autoComplete="off"
            required
            maxLength={64}
            value={code}
            onText={setCode}
          />
        ) : undefined}
        <p>{t('signUp.register', { date: day(installation.register) })}</p>
        <Button type="submit" tone="primary" busy={busy}>
          {t('signUp.submit')}
        </Button>
      </form>
      <p className="gate-other">
        {t('signUp.known')} <Link to={{ screen: 'queue' }}>{t('signIn.title')}</Link>
      </p>
    </Gate>
  );
}
