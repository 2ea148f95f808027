/** Proposes an edition with a word for whoever has to decide. */

import type { RegisterDocument, RegisterShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { TextArea } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';

export function ProposeDialogue({
  body,
  basedOn,
  takesOver,
  confirms = false,
  onClose,
  onProposed,
}: {
  readonly body: RegisterDocument;
  /** The edition that it changes, as it was shown. */
  readonly basedOn: string;
  /** The shipped edition whose findings it takes over. */
  readonly takesOver?: string | undefined;
  /** Nothing changes: only the age does. */
  readonly confirms?: boolean;
  readonly onClose: () => void;
  readonly onProposed: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [note, setNote] = useState(confirms ? t('register.confirmNote') : '');
  const act = useBusy();
  const propose = async (): Promise<void> => {
    const done = await act.run(() =>
      api.post<RegisterShown>('/register/editions', { body, note: note.trim(), takesOver, basedOn }),
    );
    if (!done.ok) return;
    announce(t('register.proposed'));
    onClose();
    onProposed();
  };
  return (
    <ModalForm
      title={confirms ? t('register.confirm') : t('register.propose')}
      description={confirms ? t('register.confirmText') : t('register.noteHint')}
      submit={t('register.propose')}
      act={act}
      onSubmit={() => void propose()}
      onClose={onClose}
    >
      <TextArea label={t('register.note')} required maxLength={400} value={note} onText={setNote} />
    </ModalForm>
  );
}
