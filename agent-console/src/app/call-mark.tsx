/** Of an engagement in the rail: that its visitor asks for a call, or that one is on and whether one is heard in it. */

import { callRoleOf } from '@alongside/engagement';
import { ring } from '@alongside/frames';
import { useEffect } from 'react';
import { useVoiceElsewhere } from '../engagement/call/use-voice-elsewhere.js';
import type { EngagementRoom } from '../engagement/engagement-room.js';
import { useMay } from '../engagement/use-may.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import type { IconName } from '../parts/icon.js';
import { Icon } from '../parts/icon.js';
import { useApp } from './app-context.js';
import { useStore } from './store.js';

export function CallMark({
  room,
  isCurrent,
}: {
  readonly room: EngagementRoom;
  readonly isCurrent: boolean;
}) {
  const { desk } = useApp();
  const { t } = useMessages();
  const view = useStore(room.view);
  const { microphone, link } = useStore(room.call.state);
  const isAsked = useMay(room)('call:answer');
  const who = view.visitor.name ?? t('visitor.unnamed');
  useEffect(() => {
    // On the engagement's own screen the question itself is an alert.
    if (isAsked && !isCurrent) announce(t('call.asksFor', { who }));
  }, [isAsked]);
  // Not into the ears of who is talking to somebody else, and could not say yes.
  const isElsewhere = useVoiceElsewhere(room);
  const rings = isAsked && !isElsewhere;
  useEffect(() => (rings ? ring() : undefined), [rings]);
  if (isAsked) return <Mark icon="phone" label={t('call.asksForShort')} look="asked" />;
  if (view.call.state !== 'on' || callRoleOf(desk.me, view) === 'absent') return undefined;
  if (link === 'elsewhere') return <Mark icon="phone" label={t('call.link.elsewhere')} look="silent" />;
  const isHeard = microphone.state === 'on';
  return isHeard ? (
    <Mark icon="mic" label={t('call.heard')} look="heard" />
  ) : (
    <Mark icon="micOff" label={t('call.notHeard')} look="silent" />
  );
}

interface MarkProps {
  readonly icon: IconName;
  readonly label: string;
  readonly look: 'asked' | 'heard' | 'silent';
}

export function Mark({ icon, label, look }: MarkProps) {
  return (
    <span className={`rail-call rail-call-${look}`} role="img" aria-label={label} title={label}>
      <Icon name={icon} size={16} />
    </span>
  );
}
