/** Asking for control: of what, and for how long. The visitor reads the same words. */

import type { LeasedKind } from '@alongside/protocol';
import { leasedKinds, limits } from '@alongside/protocol';
import { useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { CheckField, FieldSet, SelectField } from '../../parts/field.js';
import { ModalForm } from '../../parts/modal-form.js';
import { useBusy } from '../../parts/use-busy.js';
import type { EngagementRoom } from '../engagement-room.js';
import { leaseChoicesMs } from './lease.js';

export function AskControl({
  room,
  onClose,
}: {
  readonly room: EngagementRoom;
  readonly onClose: () => void;
}) {
  const { t, plural } = useMessages();
  const [kinds, setKinds] = useState<readonly LeasedKind[]>(['scroll', 'click', 'type']);
  const [leaseMs, setLeaseMs] = useState<number>(limits.leaseMs.default);
  const act = useBusy();
  const ask = async (): Promise<void> => {
    const body = { engagementId: room.id, kinds: [...kinds], leaseMs };
    const asked = await act.run(() => room.live.send('control:ask', body));
    if (asked.ok) onClose();
  };
  return (
    <ModalForm
      title={t('control.askTitle')}
      description={t('control.askText')}
      submit={t('control.askSubmit')}
      act={act}
      disabled={kinds.length === 0}
      onSubmit={() => void ask()}
      onClose={onClose}
    >
      <FieldSet legend={t('control.kinds')}>
        {leasedKinds.map((kind) => (
          <CheckField
            key={kind}
            label={t(`kind.${kind}`)}
            checked={kinds.includes(kind)}
            onChecked={(on) =>
              setKinds((before) => leasedKinds.filter((each) => (each === kind ? on : before.includes(each))))
            }
          />
        ))}
      </FieldSet>
      <SelectField
        label={t('control.duration')}
        value={String(leaseMs)}
        onText={(text) => setLeaseMs(Number(text))}
      >
        {leaseChoicesMs.map((ms) => (
          <option key={ms} value={ms}>
            {plural('control.minutes', ms / 60_000)}
          </option>
        ))}
      </SelectField>
    </ModalForm>
  );
}
