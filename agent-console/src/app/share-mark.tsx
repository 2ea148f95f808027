/** Of an engagement in the rail: that its page is shown to this agent, or that they may act on it. */

import { lentIn } from '../engagement/control/lease.js';
import type { EngagementRoom } from '../engagement/engagement-room.js';
import { useMessages } from '../messages/use-messages.js';
import { useApp } from './app-context.js';
import { Mark } from './call-mark.js';
import { useStore } from './store.js';

export function ShareMark({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { view, agents } = useStore(room.view);
  const me = agents.find(({ agentId }) => agentId === desk.me);
  if (view.state !== 'on' || me === undefined || me.hidden) return undefined;
  return lentIn(room, desk).acts ? (
    <Mark icon="hand" label={t('news.acts')} look="heard" />
  ) : (
    <Mark icon="eye" label={t('news.sees')} look="silent" />
  );
}
