/** Records what an authority demands, on which ground, about which conversations, and whether those concerned are told. */

import { type DisclosureCreate, disclosureGrounds, type EngagementId } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { SelectField, TextArea, TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { CountryField } from './country-field.js';
import { linesIn } from './site-draft.js';
import { type Adding, type DraftFields, useAddition } from './use-addition.js';

const empty = {
  authority: '',
  country: '',
  instrument: '',
  ground: 'ownLaw' as DisclosureCreate['ground'],
  groundReference: '',
  scope: '',
  engagements: '',
  receivedOn: '',
  tellsOn: '',
  silenceReason: '',
};
type Draft = typeof empty;

function bodyOf({ engagements, groundReference, tellsOn, silenceReason, ...draft }: Draft): DisclosureCreate {
  return {
    ...draft,
    // The service says which of them is none.
    engagementIds: linesIn(engagements) as EngagementId[],
    ...(groundReference.trim() === '' ? {} : { groundReference: groundReference.trim() }),
    ...(tellsOn === '' ? {} : { tellsOn }),
    ...(silenceReason.trim() === '' ? {} : { silenceReason: silenceReason.trim() }),
  };
}

type Fields = DraftFields<Draft>;

export function DisclosureDialogue(adding: Adding) {
  const { t } = useMessages();
  const { draft, onChange, act, add } = useAddition({ path: '/disclosures', empty, bodyOf }, adding);
  return (
    <ModalForm
      title={t('disclosures.add')}
      description={t('disclosures.addText')}
      submit={t('act.save')}
      act={act}
      onSubmit={add}
      onClose={adding.onClose}
    >
      <DemandFields draft={draft} onChange={onChange} />
      <ScopeFields draft={draft} onChange={onChange} />
    </ModalForm>
  );
}

function DemandFields({ draft, onChange }: Fields) {
  const { t } = useMessages();
  return (
    <>
      <TextField
        label={t('disclosures.authority')}
        required
        maxLength={200}
        value={draft.authority}
        onText={(authority) => onChange({ authority })}
      />
      <CountryField
        label={t('disclosures.country')}
        required
        value={draft.country}
        onText={(country) => onChange({ country })}
      />
      <div className="field-row">
        <TextField
          label={t('disclosures.instrument')}
          required
          maxLength={200}
          value={draft.instrument}
          onText={(instrument) => onChange({ instrument })}
        />
        <TextField
          label={t('disclosures.receivedOn')}
          type="date"
          required
          value={draft.receivedOn}
          onText={(receivedOn) => onChange({ receivedOn })}
        />
      </div>
      <SelectField
        label={t('disclosures.ground')}
        hint={t('disclosures.groundHint')}
        value={draft.ground}
        onText={(text) => onChange({ ground: disclosureGrounds.find((each) => each === text) ?? 'ownLaw' })}
      >
        {disclosureGrounds.map((each) => (
          <option key={each} value={each}>
            {t(`disclosures.ground.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('disclosures.groundReference')}
        {...(draft.ground === 'ownLaw' ? { optional: t('form.optional') } : { required: true })}
        maxLength={200}
        value={draft.groundReference}
        onText={(groundReference) => onChange({ groundReference })}
      />
    </>
  );
}

function ScopeFields({ draft, onChange }: Fields) {
  const { t } = useMessages();
  return (
    <>
      <TextArea
        label={t('disclosures.scope')}
        required
        maxLength={1000}
        value={draft.scope}
        onText={(scope) => onChange({ scope })}
      />
      <TextArea
        label={t('disclosures.engagements')}
        hint={t('disclosures.engagementsHint')}
        optional={t('form.optional')}
        spellCheck={false}
        rows={3}
        value={draft.engagements}
        onText={(engagements) => onChange({ engagements })}
      />
      <TextField
        label={t('disclosures.tellsOn')}
        hint={t('disclosures.tellsOnHint')}
        optional={t('form.optional')}
        type="date"
        value={draft.tellsOn}
        onText={(tellsOn) => onChange({ tellsOn })}
      />
      <TextField
        label={t('disclosures.silenceReason')}
        optional={t('form.optional')}
        maxLength={400}
        value={draft.silenceReason}
        onText={(silenceReason) => onChange({ silenceReason })}
      />
    </>
  );
}
