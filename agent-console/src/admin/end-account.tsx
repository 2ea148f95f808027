/** The end of the account: it rests and can be restored, or it is erased after a time to think. */

import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';

type End = 'rest' | 'erase';

const MOST_DAYS = 14;

export function EndAccount({ name }: { readonly name: string }) {
  const { t } = useMessages();
  const [end, setEnd] = useState<End>();
  return (
    <Card title={t('account.end')}>
      <p>{t('account.endText')}</p>
      <div className="form-acts">
        <Button onClick={() => setEnd('rest')}>{t('account.rest')}</Button>
        <Button tone="danger" onClick={() => setEnd('erase')}>
          {t('account.erase')}
        </Button>
      </div>
      {end === undefined ? undefined : (
        <EndDialogue end={end} name={name} onClose={() => setEnd(undefined)} />
      )}
    </Card>
  );
}

function EndDialogue({
  end,
  name,
  onClose,
}: {
  readonly end: End;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { api, session } = useApp();
  const { t } = useMessages();
  const [password, setPassword] = useState('');
  const [days, setDays] = useState(String(MOST_DAYS));
  const [typed, setTyped] = useState('');
  const { busy, failure, run } = useBusy();
  const isWrong = failure?.code === 'invalid' && failure.detail === 'password';
  const send = async (): Promise<void> => {
    const body = end === 'rest' ? { password } : { password, eraseInDays: Number(days) };
    const ended = await run(() => api.post('/customer/end', body));
    // Every session ends with it, this one too.
    if (ended.ok) session.ended();
  };
  return (
    <ModalForm
      title={t(`account.${end}`)}
      description={t(`account.${end}Text`)}
      submit={t(`account.${end}`)}
      act={{ busy, failure: isWrong ? undefined : failure }}
      disabled={password === '' || (end === 'erase' && typed.trim() !== name)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {end === 'erase' ? (
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
            label={t('account.typeName', { name })}
            required
            autoComplete="off"
            value={typed}
            onText={setTyped}
          />
        </>
      ) : undefined}
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
