/** Which commands the agent is offered in an engagement now: the rule that the server's gate asks as well. */

import type { EngagementCommand } from '@alongside/engagement';
import { may } from '@alongside/engagement';
import type { EngagementView } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import type { Readable } from '../app/store.js';
import { useStore } from '../app/store.js';

export function useMay(room: {
  readonly view: Readable<EngagementView>;
}): (command: EngagementCommand) => boolean {
  const { desk } = useApp();
  const view = useStore(room.view);
  return (command) => may({ agentId: desk.me }, command, view);
}
