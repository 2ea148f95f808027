/** Whether the agent is heard in another engagement's call: one visitor is not to hear what is said to another. */

import { isVoiceGiven } from '@alongside/engagement';
import { useApp } from '../../app/app-context.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useAcrossRooms } from './use-across-rooms.js';

export function useVoiceElsewhere(here?: EngagementRoom): boolean {
  const { desk } = useApp();
  return useAcrossRooms((rooms) =>
    rooms.some((room) => room !== here && isVoiceGiven(desk.me, room.view.value)),
  );
}
