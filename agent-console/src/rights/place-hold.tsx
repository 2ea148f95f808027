/** Holding one conversation for a case: the case, the law, and the last day. */

import type { HoldShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';

export function PlaceHold({ engagementId }: { readonly engagementId: string }) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('holds.place')}</Button>
      {open ? <HoldForm engagementId={engagementId} onClose={() => setOpen(false)} /> : undefined}
    </>
  );
}

function HoldForm({
  engagementId,
  onClose,
}: {
  readonly engagementId: string;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [caseReference, setCaseReference] = useState('');
  const [law, setLaw] = useState('');
  const [until, setUntil] = useState('');
  const act = useBusy();
  const place = async (): Promise<void> => {
    const hold = { engagementId, caseReference: caseReference.trim(), law: law.trim(), until };
    const placed = await act.run(() => api.post<HoldShown>('/holds', hold));
    if (!placed.ok) return;
    announce(t('form.saved'));
    onClose();
  };
  return (
    <ModalForm
      title={t('holds.place')}
      description={t('holds.placeText')}
      submit={t('holds.place')}
      act={act}
      disabled={caseReference.trim() === '' || law.trim() === '' || until === ''}
      onSubmit={() => void place()}
      onClose={onClose}
    >
      <TextField
        label={t('holds.case')}
        required
        maxLength={64}
        value={caseReference}
        onText={setCaseReference}
      />
      <TextField label={t('holds.law')} required maxLength={120} value={law} onText={setLaw} />
      <TextField label={t('holds.until')} type="date" required value={until} onText={setUntil} />
    </ModalForm>
  );
}
