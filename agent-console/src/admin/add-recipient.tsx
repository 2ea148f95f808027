/** Records who is to receive something: what, what for, under which agreement, and where it is spoken to. */

import { type RecipientCreate, recipientClasses, recipientRoles } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { CheckField, FieldSet, SelectField, TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { CountryField } from './country-field.js';
import { type Adding, type DraftFields, useAddition } from './use-addition.js';

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

export function RecipientDialogue(adding: Adding) {
  const { t } = useMessages();
  const { draft, onChange, act, add } = useAddition({ path: '/recipients', empty, bodyOf }, adding);
  return (
    <ModalForm
      title={t('recipients.add')}
      description={t('recipients.addText')}
      submit={t('act.save')}
      act={act}
      disabled={draft.dataClasses.length === 0}
      onSubmit={add}
      onClose={adding.onClose}
    >
      <SelectField
        label={t('recipients.role')}
        value={draft.role}
        onText={(text) => onChange({ role: recipientRoles.find((each) => each === text) ?? 'ownStore' })}
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
        onText={(name) => onChange({ name })}
      />
      <CountryField
        label={t('recipients.country')}
        required
        value={draft.country}
        onText={(country) => onChange({ country })}
      />
      <WhatFields draft={draft} onChange={onChange} />
      <AgreementFields draft={draft} onChange={onChange} />
    </ModalForm>
  );
}

function WhatFields({ draft, onChange }: DraftFields<Draft>) {
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

function AgreementFields({ draft, onChange }: DraftFields<Draft>) {
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
