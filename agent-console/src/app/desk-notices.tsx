/** Tells, without a sound, that somebody waits, calls, writes or has answered: by the window's title and to screen readers. */

import { may } from '@alongside/engagement';
import { useEffect } from 'react';
import { useAcrossRooms } from '../engagement/call/use-across-rooms.js';
import type { EngagementRoom } from '../engagement/engagement-room.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { useApp } from './app-context.js';
import { go, route } from './router.js';
import { useStore } from './store.js';

export function DeskNotices() {
  const { desk } = useApp();
  const { t } = useMessages();
  const notice = useStore(desk.notice);
  const { queue } = useStore(desk.view);
  const current = useStore(route);
  const calling = useAcrossRooms((rooms) => {
    const isCalled = ({ view }: EngagementRoom) => may({ agentId: desk.me }, 'call:answer', view.value);
    return rooms.filter((room) => isCalled(room) || room.unread.value > 0 || room.newsUnseen.value).length;
  });
  const asking = queue.length + calling;
  useEffect(() => {
    document.title = asking === 0 ? 'Alongside' : `(${asking}) Alongside`;
    return () => {
      document.title = 'Alongside';
    };
  }, [asking]);
  useEffect(() => {
    if (notice === undefined) return;
    if (notice.kind === 'waiting') {
      const { siteName, topic } = notice;
      announce(
        topic === undefined ? t('queue.someone', { siteName }) : t('queue.someoneAbout', { siteName, topic }),
      );
    } else if (notice.kind === 'answered') {
      announce(t(`asked.${notice.how}`));
      if (notice.how === 'in') go({ screen: 'engagement', id: notice.id });
    } else announce(t(notice.taken ? 'engagement.taken' : 'engagement.removed'));
    desk.dismissNotice();
  }, [notice, desk, t]);
  // A screen that is left takes its announcements along.
  useEffect(() => {
    if (current.screen !== 'engagement') globalThis.scrollTo?.(0, 0);
  }, [current]);
  return undefined;
}
