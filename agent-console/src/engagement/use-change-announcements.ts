/** Says to screen readers what the visitor did: what others see change on the screen. */

import { useEffect } from 'react';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import type { EngagementRoom } from './engagement-room.js';

export function useChangeAnnouncements(room: EngagementRoom): void {
  const { t, named } = useMessages();
  const view = useStore(room.view);
  const { version } = view;
  // Once for each version, in the language of that moment.
  useEffect(() => {
    const text = named(`change.${room.because.value}`, '');
    if (text !== '') announce(text);
  }, [version, room]);
  useEffect(() => {
    let last = room.chat.log.value.lines.at(-1)?.number ?? 0;
    return room.chat.log.subscribe(() => {
      const isLoaded = room.chat.history.value === 'loaded';
      const fresh = room.chat.log.value.lines.filter((line) => line.number > last);
      last = fresh.at(-1)?.number ?? last;
      const said = fresh.findLast((line) => line.from === 'visitor');
      if (isLoaded && said !== undefined) announce(t('chat.visitorSaid', { text: said.text }));
    });
  }, [room, t]);
}
