/** Ends an account, a company's or a person's, with the password once more; to erase one takes its name and days to think. */

import type { Done } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';

const MOST_DAYS = 14;

export function EndingDialogue({
  title,
  description,
  path,
  erases,
  onEnded,
  onClose,
}: {
  readonly title: string;
  readonly description: string;
  readonly path: string;
  /** Whose account is erased; without it nothing is. */
  readonly erases: string | undefined;
  readonly onEnded: () => void;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [password, setPassword] = useState('');
  const [days, setDays] = useState(String(MOST_DAYS));
  const [typed, setTyped] = useState('');
  const { busy, failure, run } = useBusy();
  const isWrong = failure?.code === 'invalid' && failure.detail === 'password';
  const send = async (): Promise<void> => {
    const body = erases === undefined ? { password } : { password, eraseInDays: Number(days) };
    const ended = await run(() => api.post<Done>(path, body));
    if (ended.ok) onEnded();
  };
  return (
    <ModalForm
      title={title}
      description={description}
      submit={title}
      act={{ busy, failure: isWrong ? undefined : failure }}
      disabled={password === '' || (erases !== undefined && typed.trim() !== erases)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {erases === undefined ? undefined : (
        <>
          <TextField
            label={t('account.days')}
            hint={t('account.daysHint', { most: MOST_DAYS })}
            type="number"
            inputMode="numeric"
            required
            min={0}
            max={MOST_DAYS}
            value={days}
            onText={setDays}
          />
          <TextField
            label={t('account.typeName', { name: erases })}
            required
            autoComplete="off"
            value={typed}
            onText={setTyped}
          />
        </>
      )}
      <TextField
        label={t('field.password')}
        error={isWrong ? t('account.wrongPassword') : undefined}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onText={setPassword}
      />
    </ModalForm>
  );
}
