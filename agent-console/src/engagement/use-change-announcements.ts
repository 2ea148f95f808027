/** Says to screen readers what the visitor did: what others see change on the screen. */

import type { AgentId, EngagementChange } from '@alongside/protocol';
import { useEffect, useRef } from 'react';
import { useApp } from '../app/app-context.js';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import type { EngagementRoom } from './engagement-room.js';

/** What is said depends on whom it is about: the visitor or an agent, oneself or another. */
function changeOf(room: EngagementRoom, me: AgentId, wasHere: boolean): string {
  const { visitor, agent } = room.view.value;
  const because = room.because.value;
  if (because === 'lead:passed' && agent?.agentId === me) return 'lead:mine';
  if (visitor.connected !== wasHere) return because;
  if (because === 'participant:left') return 'agentAway';
  return because === 'participant:returned' ? 'agentBack' : because;
}

const callOver: ReadonlySet<EngagementChange> = new Set(['call:refused', 'call:cancelled', 'call:ended']);

export function useChangeAnnouncements(room: EngagementRoom): void {
  const { t, named } = useMessages();
  const view = useStore(room.view);
  const { version } = view;
  const { desk } = useApp();
  const wasHere = useRef(view.visitor.connected);
  // Once for each version, in the language of that moment.
  useEffect(() => {
    const news = callOver.has(room.because.value) ? room.callNews.value : undefined;
    const change = named(`change.${changeOf(room, desk.me, wasHere.current)}`, '');
    const said = news === undefined ? change : t(`call.news.${news}`);
    wasHere.current = view.visitor.connected;
    const text = said.replace('{name}', view.agent?.displayName ?? '');
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
