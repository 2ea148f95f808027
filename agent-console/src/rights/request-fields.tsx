/** What is asked by one's rights, as whoever asks writes it themselves, or an officer for them. */

import type { RightsKind } from '@alongside/protocol';
import { purposes, rightsKinds } from '@alongside/protocol';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { SelectField, TextArea, TextField } from '../parts/field.js';

export interface RequestDraft {
  readonly kind: RightsKind;
  readonly contact: string;
  readonly details: string;
  readonly objectsTo: string;
  readonly engagementId: string;
}

export const emptyRequest: RequestDraft = {
  ...{ kind: 'access', contact: '', details: '', objectsTo: 'feedback', engagementId: '' },
};

export function requestBody({ kind, objectsTo, ...draft }: RequestDraft): object {
  const given = (name: 'contact' | 'details' | 'engagementId') =>
    draft[name].trim() === '' ? {} : { [name]: draft[name].trim() };
  const about = kind === 'objection' ? { objectsTo } : {};
  return { kind, ...about, ...given('contact'), ...given('details'), ...given('engagementId') };
}

export function RequestFields({
  draft,
  words,
  isContactWanted,
  onChange,
  children,
}: {
  readonly draft: RequestDraft;
  /** What the words of the request are called, by whoever writes here. */
  readonly words: string;
  readonly isContactWanted: boolean;
  readonly onChange: (part: Partial<RequestDraft>) => void;
  readonly children?: ReactNode;
}) {
  const { t } = useMessages();
  const isCorrection = draft.kind === 'rectification';
  return (
    <>
      <SelectField
        label={t('rights.kind')}
        value={draft.kind}
        onText={(text) => onChange({ kind: rightsKinds.find((each) => each === text) ?? 'access' })}
      >
        {rightsKinds.map((each) => (
          <option key={each} value={each}>
            {t(`rights.kind.${each}`)}
          </option>
        ))}
      </SelectField>
      {draft.kind === 'objection' ? (
        <SelectField
          label={t('rights.objectsTo')}
          value={draft.objectsTo}
          onText={(objectsTo) => onChange({ objectsTo })}
        >
          {purposes.map((each) => (
            <option key={each} value={each}>
              {t(`rights.purpose.${each}`)}
            </option>
          ))}
        </SelectField>
      ) : undefined}
      <TextArea
        label={words}
        optional={isCorrection ? undefined : t('form.optional')}
        required={isCorrection}
        maxLength={2000}
        value={draft.details}
        onText={(details) => onChange({ details })}
      />
      {children}
      <TextField
        label={t('rights.answerTo')}
        type="email"
        required={isContactWanted}
        optional={isContactWanted ? undefined : t('form.optional')}
        value={draft.contact}
        onText={(contact) => onChange({ contact })}
      />
      <TextField
        label={t('rights.conversation')}
        hint={t('rights.conversationHint')}
        optional={t('form.optional')}
        value={draft.engagementId}
        onText={(engagementId) => onChange({ engagementId })}
      />
    </>
  );
}
