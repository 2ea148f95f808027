/** What is concluded with whoever runs the installation: without one in force nothing new begins. */

import type { AgreementShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Badge, type Tone } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { AgreementDialogue } from './add-agreement.js';
import { AddedList } from './added-list.js';

export function AgreementsSection() {
  const { t } = useMessages();
  return (
    <AddedList<AgreementShown> of="agreements" dialogue={AgreementDialogue}>
      {(list, onChanged) => (
        <Table
          label={t('admin.agreements')}
          columns={[
            t('agreements.version'),
            t('agreements.parties'),
            t('agreements.signed'),
            t('agreements.until'),
            t('agreements.state'),
          ]}
        >
          {list.map((agreement) => (
            <AgreementLine key={agreement.agreementId} agreement={agreement} onChanged={onChanged} />
          ))}
        </Table>
      )}
    </AddedList>
  );
}

interface OfAgreement {
  readonly agreement: AgreementShown;
  readonly onChanged: () => void;
}

function AgreementLine({ agreement, onChanged }: OfAgreement) {
  const { t, day } = useMessages();
  const { version, controller, processor, signedOn, validUntil, recordedBy } = agreement;
  return (
    <tr>
      <th scope="row">
        {version}
        <span className="sub">{t('agreements.recordedBy', { name: recordedBy })}</span>
      </th>
      <td>
        {controller}
        <span className="sub">{processor}</span>
      </td>
      <td>{day(signedOn)}</td>
      <td>{validUntil === undefined ? '–' : day(validUntil)}</td>
      <td>
        <StateOf agreement={agreement} />
        <AgreementActs agreement={agreement} onChanged={onChanged} />
      </td>
    </tr>
  );
}

const tones = {
  waiting: 'info',
  inForce: 'good',
  expiring: 'warn',
  expired: 'bad',
  replaced: 'info',
  ended: 'info',
} as const satisfies Record<AgreementShown['state'], Tone>;

function StateOf({ agreement }: Pick<OfAgreement, 'agreement'>) {
  const { t, date } = useMessages();
  const { state, confirmedBy, confirmedAt, endedAt } = agreement;
  return (
    <>
      <Badge tone={tones[state]}>
        {t(`agreements.state.${state}`, { date: endedAt === undefined ? '' : date(endedAt) })}
      </Badge>
      <span className="sub">
        {confirmedBy === undefined || confirmedAt === undefined
          ? state === 'waiting' && t('agreements.waits')
          : t('agreements.confirmedBy', { name: confirmedBy, date: date(confirmedAt) })}
      </span>
    </>
  );
}

function AgreementActs({ agreement, onChanged }: OfAgreement) {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const [ends, setEnds] = useState(false);
  const { agreementId, version, state, own, endedAt } = agreement;
  if (endedAt !== undefined) return undefined;
  const confirm = async (): Promise<void> => {
    const path = `/agreements/${agreementId}/approval`;
    const done = await run(() => api.post<readonly AgreementShown[]>(path, {}));
    if (!done.ok) return;
    announce(t('agreements.confirmed'));
    onChanged();
  };
  return (
    <>
      <div className="row-acts">
        {state === 'waiting' && !own ? (
          <Button
            size="small"
            tone="primary"
            busy={busy}
            onClick={() => void confirm()}
            aria-label={t('agreements.confirmOf', { version })}
          >
            {t('agreements.confirm')}
          </Button>
        ) : undefined}
        <Button size="small" onClick={() => setEnds(true)} aria-label={t('agreements.endOf', { version })}>
          {t('agreements.end')}
        </Button>
      </div>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      {ends ? (
        <EndDialogue agreement={agreement} onChanged={onChanged} onClose={() => setEnds(false)} />
      ) : undefined}
    </>
  );
}

function EndDialogue({ agreement, onChanged, onClose }: OfAgreement & { readonly onClose: () => void }) {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const end = async (): Promise<void> => {
    const path = `/agreements/${agreement.agreementId}`;
    const done = await run(() => api.delete<readonly AgreementShown[]>(path));
    if (!done.ok) return;
    announce(t('agreements.ended'));
    onChanged();
    onClose();
  };
  return (
    <Modal title={t('agreements.endTitle')} description={t('agreements.endText')} onClose={onClose}>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="modal-acts">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button tone="danger" busy={busy} onClick={() => void end()}>
          {t('agreements.endSubmit')}
        </Button>
      </div>
    </Modal>
  );
}
