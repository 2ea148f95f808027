/**
 * The table of what may happen in which phase. A pair that is not listed is refused; a listed one receives the
 * engagement and the happening in their narrowed types.
 */

import type { Engagement } from './engagement.js';
import type { Happening, HappeningOf, HappeningType } from './happening.js';
import type { EntryDraft, Moment, Outcome } from './outcome.js';
import { refused } from './outcome.js';
import * as agents from './rules/agents-rules.js';
import * as inCall from './rules/call-presence-rules.js';
import * as call from './rules/call-rules.js';
import * as control from './rules/control-rules.js';
import * as desk from './rules/desk-rules.js';
import * as ends from './rules/end-rules.js';
import * as presence from './rules/presence-rules.js';
import * as transfer from './rules/transfer-rules.js';
import * as view from './rules/view-rules.js';

type Phase = Engagement['phase'];
type In<P extends Phase> = Extract<Engagement, { readonly phase: P }>;
type Cell<P extends Phase, T extends HappeningType> = (
  engagement: In<P>,
  happening: HappeningOf<T>,
  moment: Moment,
) => Outcome;
type Table = { readonly [P in Phase]: { readonly [T in HappeningType]?: Cell<P, T> } };

const everywhere = {
  visitorLeft: presence.visitorLeft,
  visitorReturned: presence.visitorReturned,
  lineCommitted: desk.lineCommitted,
  dispute: desk.dispute,
};
const transfers = {
  askTransfer: transfer.askTransfer,
  grantTransfer: transfer.grantTransfer,
  refuseTransfer: transfer.refuseTransfer,
  expireTransfer: transfer.expireTransfer,
  withdrawTransfers: transfer.withdrawTransfers,
};

export const table = {
  waiting: {
    ...everywhere,
    ...transfers,
    offer: desk.offer,
    accept: desk.accept,
    end: desk.endUnaccepted,
  },
  offered: {
    ...everywhere,
    declineOffer: desk.declineOffer,
    expireOffer: desk.expireOffer,
    accept: desk.accept,
    end: desk.endUnaccepted,
  },
  active: {
    ...everywhere,
    ...transfers,
    accept: desk.acceptAgain,
    agentLeft: presence.agentLeft,
    agentReturned: presence.agentReturned,
    join: agents.join,
    leave: agents.leave,
    passLead: agents.passLead,
    expireHeir: agents.expireHeir,
    keepLead: agents.keepLead,
    noticeAgent: agents.noticeAgent,
    hideFrom: agents.hideFrom,
    showTo: agents.showTo,
    awayTooLong: presence.awayTooLong,
    endLeasesAway: presence.endLeasesAway,
    askView: view.askView,
    grantView: view.grantView,
    refuseView: view.refuseView,
    cancelView: view.cancelView,
    stopView: view.stopView,
    expireView: view.expireView,
    askControl: control.askControl,
    grantControl: control.grantControl,
    refuseControl: control.refuseControl,
    cancelControl: control.cancelControl,
    endControl: control.endControl,
    expireLease: control.expireLease,
    startCall: call.startCall,
    acceptCall: call.acceptCall,
    refuseCall: call.refuseCall,
    cancelCall: call.cancelCall,
    grantSource: call.grantSource,
    withdrawSource: call.withdrawSource,
    endCall: call.endCall,
    attendCall: inCall.attendCall,
    noticeCall: inCall.noticeCall,
    leaveCall: inCall.leaveCall,
    removeExpert: inCall.removeExpert,
    expireAsk: ends.expireAsk,
    stopSharing: presence.stopSharing,
    end: ends.end,
  },
  wrapUp: {
    ...everywhere,
    accept: desk.acceptAgain,
    agentLeft: presence.agentLeftWrapUp,
    agentReturned: presence.agentReturnedWrapUp,
    close: desk.close,
  },
  closed: { ...everywhere },
} as const satisfies Table;

/** What `happening` leads to in the state `engagement`; neither is changed. */
export function transition(engagement: Engagement, happening: Happening, moment: Moment): Outcome {
  const row: Partial<Record<HappeningType, unknown>> = table[engagement.phase];
  const cell = row[happening.type];
  if (cell === undefined) return refused('wrongState');
  // The table's type has matched each cell with its phase and happening; the compiler cannot follow both indices.
  const outcome = (cell as Cell<Phase, HappeningType>)(engagement, happening, moment);
  if (outcome.kind !== 'moved' || moment.committed === undefined) return outcome;
  const ledgerVersion = Math.max(outcome.next.ledgerVersion, moment.committed.version);
  return { ...outcome, next: { ...outcome.next, ledgerVersion } };
}

/**
 * What must be reported when entries were committed for a happening that does not hold any more: the ledger may
 * not keep a consent or lease that never took effect.
 */
export function undo(entries: readonly EntryDraft[]): EntryDraft[] {
  return entries.flatMap((entry): EntryDraft[] => {
    if (entry.type === 'consent' && entry.act === 'granted') return [{ ...entry, act: 'withdrawn' }];
    if (entry.type === 'leaseGranted') {
      return [{ type: 'leaseEnded', lease: entry.lease, by: 'system', reason: 'ended' }];
    }
    if (entry.type === 'callStarted') {
      return [{ type: 'callEnded', callId: entry.callId, by: 'system', durationMs: 0 }];
    }
    if (entry.type === 'callAttended') return [{ type: 'callLeft', presenceId: entry.presenceId }];
    if (entry.type === 'joined') return [{ type: 'departed', agentId: entry.agentId, reason: 'ended' }];
    if (entry.type === 'leadPassed') {
      return [{ type: 'leadPassed', agentId: entry.from, from: entry.agentId, stays: true }];
    }
    return [];
  });
}
