/** Whether the agent is heard in another engagement's call: one visitor is not to hear what is said to another. */

import { useApp } from '../../app/app-context.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useAcrossRooms } from './use-across-rooms.js';
import { isVoiceGiven } from './voice-given.js';

export function useVoiceElsewhere(here?: EngagementRoom): boolean {
  const { desk } = useApp();
  return useAcrossRooms((rooms) =>
    rooms.some((room) => room !== here && isVoiceGiven(desk.me, room.view.value)),
  );
}
