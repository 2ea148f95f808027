/** Who this is with, how they are, and the end. */

import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useStore } from '../app/store.js';
import { useLinkLost } from '../app/use-link-lost.js';
import { clockSpan } from '../messages/formats.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { useBusy } from '../parts/use-busy.js';
import { useNow } from '../parts/use-now.js';
import { AgentActs } from './agents/agent-acts.js';
import type { EngagementRoom } from './engagement-room.js';
import { presenceOf } from './presence.js';
import { useMay } from './use-may.js';

export function EngagementHead({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const view = useStore(room.view);
  const may = useMay(room);
  const now = useNow(desk.clock);
  const presence = presenceOf(view, useLinkLost());
  const [asksToEnd, setAsksToEnd] = useState(false);
  const { confirmedAs } = view.visitor;
  const mine = view.agents.find(({ agentId }) => agentId === desk.me);
  return (
    <header className="engagement-head">
      <div className="engagement-who">
        <h1>
          <bdi>{view.visitor.name ?? t('visitor.unnamed')}</bdi>
        </h1>
        <p>
          {view.siteName}
          {view.topic === undefined ? undefined : (
            <>
              {' · '}
              <bdi>{view.topic}</bdi>
            </>
          )}
        </p>
      </div>
      <div className="engagement-facts">
        {confirmedAs === undefined ? undefined : (
          <Badge tone="good">
            <span dir="auto">{t('visitor.confirmedAs', { who: confirmedAs })}</span>
          </Badge>
        )}
        {view.visitor.asksNothing ? (
          <Badge tone="warn">
            <span title={t('engagement.asksNothingText')}>{t('engagement.asksNothing')}</span>
          </Badge>
        ) : undefined}
        {mine?.byConsent ? (
          <Badge tone="warn">
            <span title={t('engagement.byConsentText')}>{t('engagement.byConsent')}</span>
          </Badge>
        ) : undefined}
        <Badge tone={presence === 'here' ? 'good' : 'warn'}>{t(`presence.${presence}`)}</Badge>
        <Badge tone="quiet">{t(`language.${view.visitor.language}`)}</Badge>
        <span className="engagement-clock">
          <span className="visually-hidden">{t('engagement.since')} </span>
          {clockSpan((view.ended?.at ?? now) - view.requestedAt)}
        </span>
      </div>
      <AgentActs room={room} />
      {may('engagement:end') ? (
        <Button tone="danger" onClick={() => setAsksToEnd(true)}>
          {t('engagement.end')}
        </Button>
      ) : undefined}
      {asksToEnd ? <EndDialogue room={room} onClose={() => setAsksToEnd(false)} /> : undefined}
    </header>
  );
}

function EndDialogue({ room, onClose }: { readonly room: EngagementRoom; readonly onClose: () => void }) {
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const { pending } = useStore(room.chat.log);
  const end = async (): Promise<void> => {
    const ended = await run(() => room.plain('engagement:end'));
    if (ended.ok) onClose();
  };
  return (
    <Modal title={t('end.title')} description={t('end.text')} onClose={onClose}>
      {pending.length === 0 ? undefined : <p className="modal-note">{t('end.unsent')}</p>}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="modal-acts">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button tone="danger" busy={busy} onClick={() => void end()}>
          {t('end.submit')}
        </Button>
      </div>
    </Modal>
  );
}
