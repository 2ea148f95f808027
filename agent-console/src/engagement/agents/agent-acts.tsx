/** Who leads may hand over, a supervisor may take the lead, and whoever is not alone may leave. */

import type { AgentId } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { go } from '../../app/router.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';
import { SelectField } from '../../parts/field.js';
import { FailureNote } from '../../parts/loaded.js';
import { Modal } from '../../parts/modal.js';
import { ModalForm } from '../../parts/modal-form.js';
import { useBusy } from '../../parts/use-busy.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';

interface DialogueProps {
  readonly room: EngagementRoom;
  readonly onClose: () => void;
}

const dialogues = { handOver: HandOver, takeLead: TakeLead, leave: Leave } as const;
type Dialogue = keyof typeof dialogues;

export function AgentActs({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const may = useMay(room);
  const [open, setOpen] = useState<Dialogue>();
  const offered = (['handOver', 'takeLead', 'leave'] as const).filter((each) => may(`engagement:${each}`));
  const Open = open === undefined ? undefined : dialogues[open];
  return (
    <>
      {offered.map((each) => (
        <Button key={each} size="small" onClick={() => setOpen(each)}>
          {t(`agents.${each}`)}
        </Button>
      ))}
      {Open === undefined ? undefined : <Open room={room} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function HandOver({ room, onClose }: DialogueProps) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { agents } = useStore(room.view);
  const others = agents.filter(({ agentId, connected }) => connected && agentId !== desk.me);
  const [chosen, setChosen] = useState<AgentId | undefined>(others[0]?.agentId);
  const act = useBusy();
  const heir = others.find(({ agentId }) => agentId === chosen) ?? others[0];
  const pass = async (): Promise<void> => {
    if (heir === undefined) return;
    const body = { engagementId: room.id, agentId: heir.agentId };
    const passed = await act.run(() => room.live.send('engagement:handOver', body));
    if (passed.ok) onClose();
  };
  return (
    <ModalForm
      title={t('agents.handOverTitle')}
      description={t('agents.handOverText')}
      submit={t('agents.handOver')}
      act={act}
      disabled={heir === undefined}
      onSubmit={() => void pass()}
      onClose={onClose}
    >
      <SelectField
        label={t('agents.handOverTo')}
        value={heir?.agentId ?? ''}
        onText={(text) => setChosen(others.find(({ agentId }) => agentId === text)?.agentId)}
      >
        {others.map(({ agentId, displayName }) => (
          <option key={agentId} value={agentId}>
            {displayName}
          </option>
        ))}
      </SelectField>
    </ModalForm>
  );
}

function TakeLead({ room, onClose }: DialogueProps) {
  const { t } = useMessages();
  const { agent } = useStore(room.view);
  const { busy, failure, run } = useBusy();
  const take = async (): Promise<void> => {
    const taken = await run(() => room.live.send('engagement:takeLead', { engagementId: room.id }));
    if (taken.ok) onClose();
  };
  const description = t('agents.takeLeadText', { name: agent?.displayName ?? '' });
  return (
    <Modal title={t('agents.takeLeadTitle')} description={description} onClose={onClose}>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="modal-acts">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button tone="primary" busy={busy} onClick={() => void take()}>
          {t('agents.takeLead')}
        </Button>
      </div>
    </Modal>
  );
}

function Leave({ room, onClose }: DialogueProps) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { agents } = useStore(room.view);
  const { busy, failure, run } = useBusy();
  const leads = agents[0]?.agentId === desk.me;
  const here = agents.slice(1).filter(({ connected }) => connected);
  const heir = here.find(({ supervises }) => !supervises) ?? here[0];
  const leave = async (): Promise<void> => {
    const left = await run(() => desk.leave(room.id));
    if (left.ok) go({ screen: 'queue' });
  };
  return (
    <Modal title={t('agents.leaveTitle')} description={t('agents.leaveText')} onClose={onClose}>
      {leads && heir !== undefined ? (
        <p className="modal-note">{t('agents.leaveLead', { name: heir.displayName })}</p>
      ) : undefined}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="modal-acts">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button tone="danger" busy={busy} onClick={() => void leave()}>
          {t('agents.leave')}
        </Button>
      </div>
    </Modal>
  );
}
