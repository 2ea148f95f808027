/** Letting somebody in again who lost their password: it and their sessions end, and a new one-time link is shown. */

import type { AgentInvited, AgentShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { OneTimeLink } from './one-time-link.js';

export function RenewLink({
  person,
  onMade,
  onClose,
}: {
  readonly person: AgentShown;
  readonly onMade: () => void;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [made, setMade] = useState<AgentInvited>();
  const act = useBusy();
  const name = person.displayName ?? person.email;
  const title = t('people.newLinkNamed', { name });
  const make = async (): Promise<void> => {
    const done = await act.run(() => api.post<AgentInvited>(`/agents/${person.agentId}/link`, undefined));
    if (!done.ok) return;
    setMade(done.value);
    onMade();
  };
  if (made !== undefined) return <OneTimeLink title={title} made={made} onClose={onClose} />;
  return (
    <ModalForm
      title={title}
      description={t('people.newLinkText', { name })}
      submit={t('people.newLinkSubmit')}
      act={act}
      onSubmit={() => void make()}
      onClose={onClose}
    >
      {undefined}
    </ModalForm>
  );
}
