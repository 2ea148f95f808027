/** Changing one's own password, by who knows the one until now; other devices are signed out by it. */

import type { SignedIn } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { PASSWORD_LENGTH } from './password-length.js';

export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const { api, me, session } = useApp();
  const { t } = useMessages();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const act = useBusy();
  const isShort = newPassword.length > 0 && newPassword.length < PASSWORD_LENGTH;
  const isWrong = act.failure?.code === 'invalid' && act.failure.detail === 'password';
  const change = async (): Promise<void> => {
    const done = await act.run(() => api.post<SignedIn>('/password', { password, newPassword }));
    if (!done.ok) return;
    session.take(done);
    announce(t('person.passwordChanged'));
    onClose();
  };
  return (
    <ModalForm
      title={t('person.password')}
      description={t('person.passwordText')}
      submit={t('act.save')}
      act={isWrong ? { busy: act.busy, failure: undefined } : act}
      onSubmit={() => void change()}
      onClose={onClose}
    >
      {/* Password managers file the password under this name. */}
      <input type="email" name="email" autoComplete="username" value={me.email} readOnly hidden />
      <TextField
        label={t('person.passwordOld')}
        error={isWrong ? t('person.passwordWrong') : undefined}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        maxLength={200}
        value={password}
        onText={setPassword}
      />
      <TextField
        label={t('field.newPassword')}
        hint={t('enrol.passwordHint', { length: PASSWORD_LENGTH })}
        error={
          isShort ? t('enrol.passwordShort', { missing: PASSWORD_LENGTH - newPassword.length }) : undefined
        }
        type="password"
        name="new-password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH}
        maxLength={200}
        value={newPassword}
        onText={setNewPassword}
      />
    </ModalForm>
  );
}
