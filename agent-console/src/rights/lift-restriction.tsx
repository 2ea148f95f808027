/** Freeing a conversation that was restricted, once the person whom it is of has been told (Art. 18(3) GDPR). */

import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { CheckField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';

interface LiftProps {
  readonly engagementId: string;
  readonly onFreed: () => void;
}

export function LiftRestriction(props: LiftProps) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('restriction.lift')}
      </Button>
      {open ? <LiftForm {...props} onClose={() => setOpen(false)} /> : undefined}
    </>
  );
}

function LiftForm({ engagementId, onFreed, onClose }: LiftProps & { readonly onClose: () => void }) {
  const { api } = useApp();
  const { t } = useMessages();
  const [isTold, setIsTold] = useState(false);
  const act = useBusy();
  const lift = async (): Promise<void> => {
    const lifted = await act.run(() => api.delete(`/engagements/${engagementId}/restriction`));
    if (!lifted.ok) return;
    announce(t('form.saved'));
    onClose();
    onFreed();
  };
  return (
    <ModalForm
      title={t('restriction.lift')}
      description={t('restriction.liftText')}
      submit={t('restriction.lift')}
      act={act}
      disabled={!isTold}
      onSubmit={() => void lift()}
      onClose={onClose}
    >
      <CheckField label={t('restriction.told')} checked={isTold} onChecked={setIsTold} />
    </ModalForm>
  );
}
