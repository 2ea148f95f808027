/** Writes down that somebody has looked again at what was signed, and where it is. */

import type { ContractShown } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { type Adding, type DraftFields, useAddition } from './use-addition.js';

export function VerifyContract({ contract, ...adding }: Adding & { readonly contract: ContractShown }) {
  const { t } = useMessages();
  const { draft, onChange, act, add } = useAddition(
    {
      path: `/contracts/${contract.contractId}/verification`,
      empty: { source: contract.source },
      bodyOf: ({ source }) => ({ source: source.trim() }),
    },
    adding,
  );
  return (
    <ModalForm
      title={t('contracts.verifyOf', { name: contract.importerName })}
      description={t('contracts.verifyText')}
      submit={t('contracts.verify')}
      act={act}
      onSubmit={add}
      onClose={adding.onClose}
    >
      <SourceField draft={draft} onChange={onChange} />
    </ModalForm>
  );
}

/** Where what was signed can be looked at. */
export function SourceField({ draft, onChange }: DraftFields<{ readonly source: string }>) {
  const { t } = useMessages();
  return (
    <TextField
      label={t('contracts.source')}
      hint={t('contracts.sourceHint')}
      required
      maxLength={200}
      value={draft.source}
      onText={(source) => onChange({ source })}
    />
  );
}
