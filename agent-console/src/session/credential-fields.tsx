/** The e-mail address and the password of somebody who has both already. */

import { useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { TextField } from '../parts/field.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function useCredentials(): readonly [Credentials, (part: Partial<Credentials>) => void] {
  const [typed, setTyped] = useState<Credentials>({ email: '', password: '' });
  return [{ ...typed, email: typed.email.trim() }, (part) => setTyped((before) => ({ ...before, ...part }))];
}

export function CredentialFields({
  credentials: { email, password },
  onChange,
}: {
  readonly credentials: Credentials;
  readonly onChange: (part: Partial<Credentials>) => void;
}) {
  const { t } = useMessages();
  return (
    <>
      <TextField
        label={t('field.email')}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onText={(text) => onChange({ email: text })}
      />
      <TextField
        label={t('field.password')}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onText={(text) => onChange({ password: text })}
      />
    </>
  );
}
