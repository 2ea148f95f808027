/** Says to screen readers what comes of open engagements, on whichever screen of the console their agent is. */

import { useEffect } from 'react';
import type { EngagementRoom } from '../engagement/engagement-room.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { useApp } from './app-context.js';
import { route } from './router.js';
import { useStore } from './store.js';

export function RoomNotices() {
  const { desk } = useApp();
  const rooms = useStore(desk.rooms);
  return [...rooms.values()].map((room) => <RoomNotice key={room.id} room={room} />);
}

function RoomNotice({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const current = useStore(route);
  const told = useStore(room.news);
  const unread = useStore(room.unread);
  const isHere = current.screen === 'engagement' && current.id === room.id;
  const who = room.view.value.visitor.name ?? t('visitor.unnamed');
  // Once for each, in the language and from the screen of that moment.
  useEffect(() => {
    if (told === undefined) return;
    const news = t(`news.${told.kind}`);
    announce(isHere ? news : t('news.elsewhere', { who, news }));
  }, [told]);
  useEffect(() => {
    // On the engagement's own screen the line itself is read out.
    if (unread > 0 && !isHere) announce(t('news.line', { who }));
  }, [unread]);
  return undefined;
}
