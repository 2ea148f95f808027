/** One engagement: the visitor's page large on the left, chat and call at the side. */

import { useEffect } from 'react';
import { useApp } from '../app/app-context.js';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';
import { Link } from '../parts/link.js';
import { Skeleton } from '../parts/loaded.js';
import { Empty, Page } from '../parts/page.js';
import { AgentsBar } from './agents/agents-bar.js';
import { CallPanel } from './call/call-panel.js';
import { ChatPanel } from './chat/chat-panel.js';
import { OfferContent } from './delivery/offer-content.js';
import { EngagementHead } from './engagement-head.js';
import type { EngagementRoom } from './engagement-room.js';
import { PlayerPanel } from './player/player-panel.js';
import { useChangeAnnouncements } from './use-change-announcements.js';
import { WrapUp } from './wrap-up.js';

export function EngagementScreen({ id }: { readonly id: string }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const room = useStore(desk.rooms).get(id);
  const isFilled = useStore(desk.filled);
  if (room !== undefined) return <OpenEngagement key={id} room={room} />;
  return (
    <Page title={t('engagement.title')}>
      {isFilled ? (
        <Empty
          title={t('engagement.notYours')}
          action={<Link to={{ screen: 'record', id }}>{t('engagement.seeRecord')}</Link>}
        >
          {t('engagement.notYoursText')}
        </Empty>
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

export function OpenEngagement({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const view = useStore(room.view);
  useChangeAnnouncements(room);
  useEffect(() => {
    const follow = (): void => room.setOnScreen(document.visibilityState === 'visible');
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      room.setOnScreen(false);
    };
  }, [room]);
  return (
    <div className="engagement">
      <EngagementHead room={room} />
      <AgentsBar room={room} />
      <div className="engagement-body">
        <section className="engagement-page" aria-label={t('player.title')}>
          {view.phase === 'active' ? <PlayerPanel room={room} /> : <WrapUp room={room} />}
        </section>
        <aside className="engagement-side" aria-label={t('engagement.side')}>
          {view.phase === 'active' ? <CallPanel room={room} /> : undefined}
          <ChatPanel room={room} />
          {view.phase === 'active' ? <OfferContent room={room} /> : undefined}
        </aside>
      </div>
    </div>
  );
}
