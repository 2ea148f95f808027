/** What is read of all open engagements together, and read again whenever one of them changes. */

import { useCallback, useSyncExternalStore } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import type { EngagementRoom } from '../engagement-room.js';

export function useAcrossRooms<T extends string | number | boolean | undefined>(
  read: (rooms: readonly EngagementRoom[]) => T,
): T {
  const { desk } = useApp();
  const rooms = useStore(desk.rooms);
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = [...rooms.values()].flatMap(({ view, unread, newsUnseen }) =>
        [view, unread, newsUnseen].map((each) => each.subscribe(changed)),
      );
      return () => {
        for (const stop of stops) stop();
      };
    },
    [rooms],
  );
  const now = (): T => read([...rooms.values()]);
  return useSyncExternalStore(subscribe, now, now);
}
