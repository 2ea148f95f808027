/** The end of one person's account: asked for, and as long as it waits called off again. */

import type { AgentShown, Done } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import { EndingDialogue } from './ending-dialogue.js';

interface PersonProps {
  readonly person: AgentShown;
  readonly onChanged: () => void;
}

export function ErasePerson({ person, onChanged }: PersonProps) {
  const { t } = useMessages();
  const [isAsked, setAsked] = useState(false);
  const name = person.displayName ?? person.email;
  const close = () => setAsked(false);
  const done = () => {
    announce(t('people.eraseAsked'));
    close();
    onChanged();
  };
  return (
    <>
      <Button size="small" aria-label={t('people.eraseNamed', { name })} onClick={() => setAsked(true)}>
        {t('people.erase')}
      </Button>
      {isAsked ? (
        <EndingDialogue
          title={t('people.eraseNamed', { name })}
          description={t('people.eraseText')}
          path={`/agents/${person.agentId}/erasure`}
          erases={name}
          onEnded={done}
          onClose={close}
        />
      ) : undefined}
    </>
  );
}

export function CallOffErasure({ person, onChanged }: PersonProps) {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const callOff = async (): Promise<void> => {
    const done = await run(() => api.delete<Done>(`/agents/${person.agentId}/erasure`));
    if (!done.ok) return;
    announce(t('people.eraseCalledOff'));
    onChanged();
  };
  return (
    <>
      <Button
        size="small"
        busy={busy}
        aria-label={t('people.callOffNamed', { name: person.displayName ?? person.email })}
        onClick={() => void callOff()}
      >
        {t('people.callOff')}
      </Button>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </>
  );
}
