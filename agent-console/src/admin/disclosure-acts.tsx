/** What an officer can do about a demand: approve it, hand out what is held once two have, or refuse it. */

import type { DisclosurePackage, DisclosureShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { TextArea } from '../parts/field.js';
import { FailureNote } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { saveFile } from '../rights/save-file.js';

interface ActsProps {
  readonly disclosure: DisclosureShown;
  readonly onChanged: () => void;
}

export function DisclosureActs({ disclosure, onChanged }: ActsProps) {
  const { api } = useApp();
  const { t } = useMessages();
  const [refuses, setRefuses] = useState(false);
  const { busy, failure, run } = useBusy();
  const { disclosureId, approvals, state, closedAt, begun, tellsOn, toldAt } = disclosure;
  const path = `/disclosures/${disclosureId}`;
  const tell = async (): Promise<void> => {
    const done = await run(() => api.post(`${path}/told`, {}));
    if (!done.ok) return;
    announce(t('form.saved'));
    onChanged();
  };
  if (closedAt !== undefined) {
    if (state !== 'disclosed' || tellsOn === undefined || toldAt !== undefined) return undefined;
    return (
      <>
        <div className="row-acts">
          <Button size="small" busy={busy} onClick={() => void tell()}>
            {t('disclosures.tell')}
          </Button>
        </div>
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
      </>
    );
  }
  const approve = async (): Promise<void> => {
    const done = await run(() => api.post(`${path}/approval`, {}));
    if (!done.ok) return;
    announce(t('disclosures.approved'));
    onChanged();
  };
  const handOut = async (): Promise<void> => {
    await run(async () => {
      const made = await api.post<DisclosurePackage>(`${path}/package`, {});
      if (!made.ok) return made;
      const { receipt } = made.value;
      saveFile(`disclosure-${disclosureId.slice(0, 8)}.json`, JSON.stringify(made.value, undefined, 2));
      return api.post(`${path}/receipt`, { receipt });
    });
    // Where it broke, the list says that it was begun.
    onChanged();
  };
  const isSpent = begun?.spent === true;
  const mayHandOut = state === 'approved' && (begun === undefined || begun.again);
  const waits = state !== 'approved' && approvals.some(({ own }) => own);
  const mayApprove = isSpent || (state !== 'approved' && !waits);
  return (
    <>
      {waits ? <span className="sub">{t('recipients.waits')}</span> : undefined}
      <div className="row-acts">
        {mayApprove ? (
          <Button size="small" tone="primary" busy={busy} onClick={() => void approve()}>
            {t(isSpent ? 'disclosures.approveAnew' : 'disclosures.approve')}
          </Button>
        ) : undefined}
        {mayHandOut ? (
          <Button size="small" tone="primary" busy={busy} onClick={() => void handOut()}>
            {t(begun === undefined ? 'disclosures.handOut' : 'disclosures.handOutAgain')}
          </Button>
        ) : undefined}
        <Button size="small" busy={busy} onClick={() => setRefuses(true)}>
          {t('disclosures.refuse')}
        </Button>
      </div>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      {refuses ? (
        <RefusalForm disclosure={disclosure} onChanged={onChanged} onClose={() => setRefuses(false)} />
      ) : undefined}
    </>
  );
}

function RefusalForm({
  disclosure: { disclosureId },
  onChanged,
  onClose,
}: ActsProps & { readonly onClose: () => void }) {
  const { api } = useApp();
  const { t } = useMessages();
  const [outcome, setOutcome] = useState('');
  const act = useBusy();
  const send = async (): Promise<void> => {
    const body = { outcome: outcome.trim() };
    const done = await act.run(() => api.post(`/disclosures/${disclosureId}/refusal`, body));
    if (!done.ok) return;
    announce(t('form.saved'));
    onChanged();
    onClose();
  };
  return (
    <ModalForm
      title={t('disclosures.refuse')}
      description={t('disclosures.refuseText')}
      submit={t('disclosures.refuse')}
      act={act}
      disabled={outcome.trim() === ''}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextArea
        label={t('disclosures.outcome')}
        required
        maxLength={1000}
        value={outcome}
        onText={setOutcome}
      />
    </ModalForm>
  );
}
