/** Changing what is stated about a person, or disabling them: that ends their sessions at once. */

import type { AgentShown, SiteShown } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { CheckField, TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import type { PersonDraft } from './person-fields.js';
import { PersonFields, personFacts } from './person-fields.js';

export function EditPerson({
  person,
  sites,
  onSaved,
  onClose,
}: {
  readonly person: AgentShown;
  readonly sites: readonly SiteShown[];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const { api, me } = useApp();
  const { t } = useMessages();
  const [displayName, setDisplayName] = useState(person.displayName ?? '');
  const [disabled, setDisabled] = useState(person.state === 'disabled');
  const [draft, setDraft] = useState<PersonDraft>({
    roles: person.roles,
    country: person.country ?? '',
    employer: person.employer ?? '',
    siteIds: person.siteIds,
  });
  const act = useBusy();
  const save = async (): Promise<void> => {
    const body = { displayName: displayName.trim(), disabled, ...personFacts(draft) };
    const done = await act.run(() => api.put<AgentShown>(`/agents/${person.agentId}`, body));
    if (!done.ok) return;
    announce(t('form.saved'));
    onSaved();
    onClose();
  };
  return (
    <ModalForm
      title={t('people.edit')}
      description={person.email}
      submit={t('act.save')}
      act={act}
      disabled={draft.roles.length === 0}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <TextField
        label={t('field.displayName')}
        required
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
      <CheckField
        label={t('people.disable')}
        hint={person.agentId === me.agentId ? t('people.disableSelf') : t('people.disableHint')}
        checked={disabled}
        disabled={person.agentId === me.agentId}
        onChecked={setDisabled}
      />
    </ModalForm>
  );
}
