/** Records what was signed, with the assessment of the law there that it needs to be relied on. */

import { type ContractCreate, type ContractShown, instrumentCodes } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { CheckField, SelectField, TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { CountryField } from './country-field.js';
import { type Adding, type DraftFields, useAddition } from './use-addition.js';
import { SourceField } from './verify-contract.js';

const conclusions = ['ok', 'okWithMeasures', 'notOk'] as const;

const empty = {
  module: 'SCC_M2' as ContractCreate['module'],
  importerName: '',
  importerCountry: '',
  reference: '',
  source: '',
  signedOn: '',
  validUntil: '',
  annexesComplete: false,
  conclusion: '' as (typeof conclusions)[number] | '',
  assessedOn: '',
  reviewDue: '',
  replaces: undefined as ContractCreate['replaces'],
};
type Draft = typeof empty;

function bodyOf({ validUntil, conclusion, assessedOn, reviewDue, ...draft }: Draft): ContractCreate {
  return {
    ...draft,
    importerName: draft.importerName.trim(),
    reference: draft.reference.trim(),
    source: draft.source.trim(),
    ...(validUntil === '' ? {} : { validUntil }),
    ...(conclusion === '' ? {} : { assessment: { conclusion, assessedOn, reviewDue } }),
  };
}

/** What was signed stays as it is, only its assessment is made anew, and the entry of before ends with its approval. */
function draftOf({ validUntil = '', ...signed }: ContractShown): Draft {
  const { module, importerName, importerCountry, reference, source, signedOn, annexesComplete } = signed;
  const kept = { module, importerName, importerCountry, reference, source, signedOn, validUntil };
  return { ...empty, ...kept, annexesComplete, replaces: signed.contractId };
}

export function ContractDialogue({ again, ...adding }: Adding & { readonly again?: ContractShown }) {
  const { t } = useMessages();
  const begun = again === undefined ? empty : draftOf(again);
  const { draft, onChange, act, add } = useAddition({ path: '/contracts', empty: begun, bodyOf }, adding);
  return (
    <ModalForm
      title={t(again === undefined ? 'contracts.add' : 'contracts.assessAgain')}
      description={t(again === undefined ? 'contracts.addText' : 'contracts.assessAgainText')}
      submit={t('act.save')}
      act={act}
      onSubmit={add}
      onClose={adding.onClose}
    >
      <SelectField
        label={t('contracts.module')}
        value={draft.module}
        onText={(text) => onChange({ module: instrumentCodes.find((each) => each === text) ?? 'SCC_M2' })}
      >
        {instrumentCodes.map((each) => (
          <option key={each} value={each}>
            {t(`contracts.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('contracts.importer')}
        required
        maxLength={200}
        value={draft.importerName}
        onText={(importerName) => onChange({ importerName })}
      />
      <CountryField
        label={t('contracts.country')}
        required
        value={draft.importerCountry}
        onText={(importerCountry) => onChange({ importerCountry })}
      />
      <SignedFields draft={draft} onChange={onChange} />
      <AssessmentFields draft={draft} onChange={onChange} />
    </ModalForm>
  );
}

function SignedFields({ draft, onChange }: DraftFields<Draft>) {
  const { t } = useMessages();
  return (
    <>
      <TextField
        label={t('contracts.reference')}
        hint={t('contracts.referenceHint')}
        required
        maxLength={200}
        value={draft.reference}
        onText={(reference) => onChange({ reference })}
      />
      <SourceField draft={draft} onChange={onChange} />
      <div className="field-row">
        <TextField
          label={t('contracts.signed')}
          type="date"
          required
          value={draft.signedOn}
          onText={(signedOn) => onChange({ signedOn })}
        />
        <TextField
          label={t('contracts.until')}
          optional={t('form.optional')}
          type="date"
          min={draft.signedOn}
          value={draft.validUntil}
          onText={(validUntil) => onChange({ validUntil })}
        />
      </div>
      <CheckField
        label={t('contracts.annexes')}
        checked={draft.annexesComplete}
        onChecked={(annexesComplete) => onChange({ annexesComplete })}
      />
    </>
  );
}

function AssessmentFields({ draft, onChange }: DraftFields<Draft>) {
  const { t } = useMessages();
  const isAssessed = draft.conclusion !== '';
  return (
    <>
      <SelectField
        label={t('contracts.assessment')}
        hint={t('contracts.assessmentHint')}
        value={draft.conclusion}
        onText={(text) => onChange({ conclusion: conclusions.find((each) => each === text) ?? '' })}
      >
        <option value="">{t('contracts.assessment.none')}</option>
        {conclusions.map((each) => (
          <option key={each} value={each}>
            {t(`contracts.assessment.${each}`)}
          </option>
        ))}
      </SelectField>
      {isAssessed ? (
        <div className="field-row">
          <TextField
            label={t('contracts.assessed')}
            type="date"
            required
            value={draft.assessedOn}
            onText={(assessedOn) => onChange({ assessedOn })}
          />
          <TextField
            label={t('contracts.reviewDue')}
            type="date"
            required
            min={draft.assessedOn}
            value={draft.reviewDue}
            onText={(reviewDue) => onChange({ reviewDue })}
          />
        </div>
      ) : undefined}
    </>
  );
}
