/** Records who is to receive something: what, what for, under which agreement, and where it is spoken to. */

import {
  type RecipientCreate,
  type RecipientShown,
  recipientClasses,
  recipientRoles,
} from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { CheckField, FieldSet, SelectField, TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { CountryField } from './country-field.js';

type Draft = Omit<Required<RecipientCreate>, 'measuresSha256' | 'activeFrom'>;

const empty: Draft = {
  name: '',
  country: '',
  role: 'ownStore',
  purpose: '',
  dataClasses: ['transcript', 'survey'],
  endpoint: '',
  contractReference: '',
  contractOn: '',
  evidenceUntil: '',
};

function bodyOf({ endpoint, evidenceUntil, ...draft }: Draft): RecipientCreate {
  return {
    ...draft,
    name: draft.name.trim(),
    purpose: draft.purpose.trim(),
    contractReference: draft.contractReference.trim(),
    ...(endpoint.trim() === '' ? {} : { endpoint: endpoint.trim() }),
    ...(evidenceUntil === '' ? {} : { evidenceUntil }),
  };
}

export function RecipientDialogue({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [draft, setDraft] = useState(empty);
  const act = useBusy();
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const add = async (): Promise<void> => {
    const added = await act.run(() => api.post<RecipientShown>('/recipients', bodyOf(draft)));
    if (!added.ok) return;
    announce(t('form.saved'));
    onAdded();
    onClose();
  };
  return (
    <ModalForm
      title={t('recipients.add')}
      description={t('recipients.addText')}
      submit={t('act.save')}
      act={act}
      disabled={draft.dataClasses.length === 0}
      onSubmit={() => void add()}
      onClose={onClose}
    >
      <SelectField
        label={t('recipients.role')}
        value={draft.role}
        onText={(text) => change({ role: recipientRoles.find((each) => each === text) ?? 'ownStore' })}
      >
        {recipientRoles.map((each) => (
          <option key={each} value={each}>
            {t(`recipients.role.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('recipients.name')}
        required
        maxLength={200}
        value={draft.name}
        onText={(name) => change({ name })}
      />
      <CountryField
        label={t('recipients.country')}
        required
        value={draft.country}
        onText={(country) => change({ country })}
      />
      <WhatFields draft={draft} onChange={change} />
      <AgreementFields draft={draft} onChange={change} />
    </ModalForm>
  );
}

interface DraftFields {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

function WhatFields({ draft, onChange }: DraftFields) {
  const { t } = useMessages();
  return (
    <>
      <FieldSet legend={t('recipients.classes')}>
        {recipientClasses.map((each) => (
          <CheckField
            key={each}
            label={t(`recipients.class.${each}`)}
            checked={draft.dataClasses.includes(each)}
            onChecked={(on) =>
              onChange({
                dataClasses: recipientClasses.filter((one) =>
                  one === each ? on : draft.dataClasses.includes(one),
                ),
              })
            }
          />
        ))}
      </FieldSet>
      <TextField
        label={t('recipients.purpose')}
        required
        maxLength={400}
        value={draft.purpose}
        onText={(purpose) => onChange({ purpose })}
      />
      <TextField
        label={t('recipients.endpoint')}
        hint={t('recipients.endpointHint')}
        {...(draft.role === 'ownStore' ? { required: true } : { optional: t('form.optional') })}
        type="url"
        maxLength={255}
        placeholder="https://store.example/alongside"
        value={draft.endpoint}
        onText={(endpoint) => onChange({ endpoint })}
      />
    </>
  );
}

function AgreementFields({ draft, onChange }: DraftFields) {
  const { t } = useMessages();
  return (
    <>
      <TextField
        label={t('recipients.contract')}
        hint={t('recipients.contractHint')}
        required
        maxLength={200}
        value={draft.contractReference}
        onText={(contractReference) => onChange({ contractReference })}
      />
      <div className="field-row">
        <TextField
          label={t('recipients.contractOn')}
          type="date"
          required
          value={draft.contractOn}
          onText={(contractOn) => onChange({ contractOn })}
        />
        <TextField
          label={t('recipients.evidenceUntil')}
          optional={t('form.optional')}
          type="date"
          value={draft.evidenceUntil}
          onText={(evidenceUntil) => onChange({ evidenceUntil })}
        />
      </div>
    </>
  );
}
