/** Records what was signed with whoever runs the installation. */

import type { AgreementCreate } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { type Adding, useAddition } from './use-addition.js';

const empty = { version: '', controller: '', processor: '', signedOn: '', validUntil: '' };

function bodyOf({ version, controller, processor, signedOn, validUntil }: typeof empty): AgreementCreate {
  return {
    version: version.trim(),
    controller: controller.trim(),
    processor: processor.trim(),
    signedOn,
    ...(validUntil === '' ? {} : { validUntil }),
  };
}

export function AgreementDialogue(adding: Adding) {
  const { t } = useMessages();
  const { draft, onChange, act, add } = useAddition({ path: '/agreements', empty, bodyOf }, adding);
  return (
    <ModalForm
      title={t('agreements.add')}
      description={t('agreements.addText')}
      submit={t('act.save')}
      act={act}
      onSubmit={add}
      onClose={adding.onClose}
    >
      <TextField
        label={t('agreements.version')}
        hint={t('agreements.versionHint')}
        required
        maxLength={64}
        value={draft.version}
        onText={(version) => onChange({ version })}
      />
      <TextField
        label={t('agreements.controller')}
        required
        maxLength={200}
        value={draft.controller}
        onText={(controller) => onChange({ controller })}
      />
      <TextField
        label={t('agreements.processor')}
        required
        maxLength={200}
        value={draft.processor}
        onText={(processor) => onChange({ processor })}
      />
      <TextField
        label={t('agreements.signed')}
        type="date"
        required
        value={draft.signedOn}
        onText={(signedOn) => onChange({ signedOn })}
      />
      <TextField
        label={t('agreements.until')}
        hint={t('agreements.untilHint')}
        optional={t('form.optional')}
        type="date"
        min={draft.signedOn}
        value={draft.validUntil}
        onText={(validUntil) => onChange({ validUntil })}
      />
    </ModalForm>
  );
}
