/** Inviting somebody: the one-time link is shown once, to be handed over by whatever way is trusted. */

import type { AgentInvited, SiteShown } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { OneTimeLink } from './one-time-link.js';
import type { PersonDraft } from './person-fields.js';
import { PersonFields, personFacts } from './person-fields.js';

export function InvitePerson({
  sites,
  onInvited,
  onClose,
}: {
  readonly sites: readonly SiteShown[];
  readonly onInvited: () => void;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [email, setEmail] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [draft, setDraft] = useState<PersonDraft>({
    roles: ['agent'],
    country: '',
    employer: '',
    siteIds: sites.map((site) => site.siteId),
  });
  const [invited, setInvited] = useState<AgentInvited>();
  const act = useBusy();
  const invite = async (): Promise<void> => {
    const name = displayName.trim() === '' ? {} : { displayName: displayName.trim() };
    const body = { email: email.trim(), ...name, ...personFacts(draft) };
    const done = await act.run(() => api.post<AgentInvited>('/agents', body));
    if (!done.ok) return;
    setInvited(done.value);
    onInvited();
  };
  if (invited !== undefined) {
    return <OneTimeLink title={t('people.invited')} made={invited} onClose={onClose} />;
  }
  return (
    <ModalForm
      title={t('people.invite')}
      submit={t('people.inviteSubmit')}
      act={act}
      disabled={draft.roles.length === 0}
      onSubmit={() => void invite()}
      onClose={onClose}
    >
      <TextField
        label={t('field.email')}
        type="email"
        autoComplete="off"
        required
        value={email}
        onText={setEmail}
      />
      <TextField
        label={t('field.displayName')}
        optional={t('form.optional')}
        autoComplete="off"
        maxLength={limits.nameLength}
        value={displayName}
        onText={setDisplayName}
      />
      <PersonFields
        draft={draft}
        sites={sites}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
    </ModalForm>
  );
}
