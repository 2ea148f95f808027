/** From the queue to an agent: offers, declines and acceptance. */

import type { EngagementChange } from '@alongside/protocol';
import type {
  ActiveEngagement,
  ClosedEngagement,
  Engagement,
  OfferedEngagement,
  WaitingEngagement,
  WrapUpEngagement,
} from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';
import { withoutQuestion } from './transfer-rules.js';

export function offer(engagement: WaitingEngagement, happening: HappeningOf<'offer'>): Outcome {
  const { agentId, expiresAt } = happening;
  return moved({ ...engagement, phase: 'offered', offer: { agentId, expiresAt } }, ['engagement:offered']);
}

export function declineOffer(engagement: OfferedEngagement, happening: HappeningOf<'declineOffer'>): Outcome {
  if (engagement.offer.agentId !== happening.agentId) return refused('notPermitted');
  return backToQueue(engagement);
}

export function expireOffer(engagement: OfferedEngagement, _happening: unknown, { now }: Moment): Outcome {
  if (engagement.offer.expiresAt > now) return refused('wrongState');
  return backToQueue(engagement);
}

function backToQueue(engagement: OfferedEngagement): Outcome {
  const { offer: _offer, ...rest } = engagement;
  return moved({ ...rest, phase: 'waiting' }, ['engagement:requested']);
}

export function accept(
  engagement: WaitingEngagement | OfferedEngagement,
  happening: HappeningOf<'accept'>,
  moment: Moment,
): Outcome {
  const { agentId, displayName } = happening;
  if (engagement.phase === 'offered' && engagement.offer.agentId !== agentId) return refused('alreadyTaken');
  const { committed } = moment;
  if (committed === undefined) return { kind: 'commit', entries: [{ type: 'accepted', agentId }] };
  const { phase: _phase, ...rest } = withoutQuestion(engagement);
  const { offer: _offer, ...core } = { offer: undefined, ...rest };
  const active: ActiveEngagement = {
    ...core,
    phase: 'active',
    agent: {
      ...{ agentId, displayName, presence: { connected: true }, place: 1, since: moment.now },
      // The visitor is shown who has come in place of waiting.
      ...{ noticed: true, supervises: happening.supervises === true },
      ...(happening.byConsent ? { byConsent: true } : {}),
    },
    joined: [],
    hiddenFrom: [],
    lastPlace: 1,
    view: { state: 'off' },
    control: { leases: [] },
    call: { state: 'off' },
  };
  return moved(active, ['engagement:accepted']);
}

/** The same agent pressing twice is answered as the first time; another is told that it is taken. */
export function acceptAgain(
  engagement: ActiveEngagement | WrapUpEngagement,
  happening: HappeningOf<'accept'>,
): Outcome {
  if (engagement.phase === 'active' && engagement.agent.agentId === happening.agentId) {
    return unchanged(engagement);
  }
  return refused('alreadyTaken');
}

export function lineCommitted(engagement: Engagement, happening: HappeningOf<'lineCommitted'>): Outcome {
  const lastChatNumber = Math.max(engagement.lastChatNumber, happening.number);
  const ledgerVersion = Math.max(engagement.ledgerVersion, happening.ledgerVersion);
  if (lastChatNumber === engagement.lastChatNumber && ledgerVersion === engagement.ledgerVersion) {
    return unchanged(engagement);
  }
  return moved({ ...engagement, lastChatNumber, ledgerVersion }, []);
}

/** It goes on with those who are in it. */
export function dispute(engagement: Engagement): Outcome {
  return engagement.disputed ? unchanged(engagement) : moved({ ...engagement, disputed: true }, []);
}

/** An engagement that nobody accepted is closed by its end. */
export function endUnaccepted(
  engagement: WaitingEngagement | OfferedEngagement,
  happening: HappeningOf<'end'>,
  moment: Moment,
): Outcome {
  const { by, reason } = happening;
  if (moment.committed === undefined && !happening.recorded) {
    return { kind: 'commit', entries: [{ type: 'ended', by, reason }] };
  }
  const { phase: _phase, ...rest } = withoutQuestion(engagement);
  const { offer: _offer, ...core } = { offer: undefined, ...rest };
  const closed: ClosedEngagement = { ...core, phase: 'closed', ended: { by, reason, at: moment.now } };
  const changes: EngagementChange[] = ['engagement:ended', 'engagement:closed'];
  return moved(closed, changes, happening.recorded ? [] : [{ type: 'closed' }]);
}

export function close(
  engagement: WrapUpEngagement,
  { recorded }: HappeningOf<'close'>,
  moment: Moment,
): Outcome {
  if (moment.committed === undefined && !recorded) return { kind: 'commit', entries: [{ type: 'closed' }] };
  return moved({ ...engagement, phase: 'closed' }, ['engagement:closed']);
}
