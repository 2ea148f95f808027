/** Records what was signed, with the assessment of the law there that it needs to be relied on. */

import { type ContractCreate, type ContractShown, instrumentCodes } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { CheckField, SelectField, TextField } from '../parts/field.js';
import { FailureNote } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { useBusy } from '../parts/use-busy.js';
import { CountryField } from './country-field.js';

const conclusions = ['ok', 'okWithMeasures', 'notOk'] as const;

interface AssessmentDraft {
  readonly conclusion: (typeof conclusions)[number] | '';
  readonly assessedOn: string;
  readonly reviewDue: string;
}

const unassessed: AssessmentDraft = { conclusion: '', assessedOn: '', reviewDue: '' };

function assessed({ conclusion, ...days }: AssessmentDraft): Pick<ContractCreate, 'assessment'> {
  return conclusion === '' ? {} : { assessment: { conclusion, ...days } };
}

export function ContractDialogue({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [module, setModule] = useState<ContractCreate['module']>('SCC_M2');
  const [importerName, setImporterName] = useState('');
  const [importerCountry, setImporterCountry] = useState('');
  const [reference, setReference] = useState('');
  const [signedOn, setSignedOn] = useState('');
  const [validUntil, setValidUntil] = useState('');
  const [annexesComplete, setAnnexesComplete] = useState(false);
  const [assessment, setAssessment] = useState<AssessmentDraft>(unassessed);
  const { busy, failure, run } = useBusy();
  const add = async (): Promise<void> => {
    const until = validUntil === '' ? {} : { validUntil };
    const body = {
      module,
      importerName: importerName.trim(),
      importerCountry,
      reference: reference.trim(),
      signedOn,
      annexesComplete,
      ...assessed(assessment),
    };
    const added = await run(() => api.post<ContractShown>('/contracts', { ...body, ...until }));
    if (!added.ok) return;
    announce(t('form.saved'));
    onAdded();
    onClose();
  };
  return (
    <Modal title={t('contracts.add')} description={t('contracts.addText')} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <SelectField
          label={t('contracts.module')}
          value={module}
          onText={(text) => setModule(instrumentCodes.find((each) => each === text) ?? 'SCC_M2')}
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
          value={importerName}
          onText={setImporterName}
        />
        <CountryField
          label={t('contracts.country')}
          required
          value={importerCountry}
          onText={setImporterCountry}
        />
        <TextField
          label={t('contracts.reference')}
          hint={t('contracts.referenceHint')}
          required
          maxLength={200}
          value={reference}
          onText={setReference}
        />
        <div className="field-row">
          <TextField
            label={t('contracts.signed')}
            type="date"
            required
            value={signedOn}
            onText={setSignedOn}
          />
          <TextField
            label={t('contracts.until')}
            optional={t('form.optional')}
            type="date"
            min={signedOn}
            value={validUntil}
            onText={setValidUntil}
          />
        </div>
        <CheckField label={t('contracts.annexes')} checked={annexesComplete} onChecked={setAnnexesComplete} />
        <AssessmentFields draft={assessment} onDraft={setAssessment} />
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
        <div className="modal-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('act.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function AssessmentFields({
  draft,
  onDraft,
}: {
  readonly draft: AssessmentDraft;
  readonly onDraft: (draft: AssessmentDraft) => void;
}) {
  const { t } = useMessages();
  const isAssessed = draft.conclusion !== '';
  return (
    <>
      <SelectField
        label={t('contracts.assessment')}
        hint={t('contracts.assessmentHint')}
        value={draft.conclusion}
        onText={(text) => onDraft({ ...draft, conclusion: conclusions.find((each) => each === text) ?? '' })}
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
            onText={(assessedOn) => onDraft({ ...draft, assessedOn })}
          />
          <TextField
            label={t('contracts.reviewDue')}
            type="date"
            required
            min={draft.assessedOn}
            value={draft.reviewDue}
            onText={(reviewDue) => onDraft({ ...draft, reviewDue })}
          />
        </div>
      ) : undefined}
    </>
  );
}
