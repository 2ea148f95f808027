/** How long a visitor on another site may stay there: first until the page is asked for again, then until the end. */

import { limits } from '@alongside/protocol';
import { useApp } from '../../app/app-context.js';
import { clockSpan } from '../../messages/formats.js';
import { useMessages } from '../../messages/use-messages.js';
import { useNow } from '../../parts/use-now.js';

export function TimeToReturn({ since }: { readonly since: number }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const away = useNow(desk.clock) - since;
  const isYesHeld = away < limits.returnMs;
  const time = clockSpan((isYesHeld ? limits.returnMs : limits.visitorGoneMs) - away);
  return (
    // Read out once, as what it says, and not each second.
    <span className="player-note-time" role="timer" aria-live="off">
      {' '}
      {t(isYesHeld ? 'player.returnYes' : 'player.returnEnd', { time })}
    </span>
  );
}
