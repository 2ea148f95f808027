/** What a change of an engagement causes elsewhere, in the same turn: relay, calls, people and the desk. */

import type { ActiveEngagement, Engagement } from '@alongside/engagement';
import { agentOf, agentsOf, callIdOf, mayPublish, mayWatch } from '@alongside/engagement';
import type { AgentId, EngagementId, MediaSource } from '@alongside/protocol';
import type { CallRooms } from '../call-rooms.js';
import type { Desk } from '../desk/desk.js';
import type { Announcer } from '../gateway/announcer.js';
import type { FrameDoor } from '../relay/ports.js';
import type { FramePasses } from '../tickets/frame-passes.js';
import type { Move } from './engagement-runner.js';
import type { LiveFrameGate } from './frame-gate.js';

export interface MoveEffectsDeps {
  readonly frames: FrameDoor;
  readonly gate: LiveFrameGate;
  readonly framePasses: FramePasses;
  readonly calls: CallRooms;
  readonly announcer: Announcer;
  readonly desk: Desk;
  /** The visitor's part is over. */
  endVisitor(engagement: Engagement): void;
  /** They are out of the call, with which their part is over. */
  endExpert(expertId: AgentId, reason: 'callEnded' | 'removed'): void;
  /** Nothing of it is needed in memory any more. */
  closed(engagementId: EngagementId): void;
}

export class MoveEffects {
  readonly #deps: MoveEffectsDeps;

  constructor(deps: MoveEffectsDeps) {
    this.#deps = deps;
  }

  moved(move: Move): void {
    this.#frames(move);
    this.#agents(move);
    this.#calls(move);
    this.#experts(move);
    const { before, after, changes } = move;
    if (changes.length > 0) this.#deps.announcer.engagementChanged(after, changes);
    this.#answerTransfer(move);
    if (concernsDesk(before, after)) this.#deps.desk.touch(after.tenantId);
    if (isOver(after) && !isOver(before)) this.#deps.endVisitor(after);
    if (after.phase === 'closed') this.#close(after);
  }

  #frames({ before, after }: Move): void {
    const { engagementId } = after;
    // What was rebuilt from a ledger has nothing before it.
    const was = before !== after && mayPublish(before);
    const is = mayPublish(after);
    if (is && !was) this.#deps.frames.opened(engagementId);
    if (is || !was) return;
    this.#deps.framePasses.revoke((seat) => seat.engagementId === engagementId);
    this.#deps.frames.closed(engagementId);
    this.#deps.gate.consentEnded(engagementId);
  }

  /** Who has left, or may not see the page any more, is cut off in this turn; the others stay as they are. */
  #agents({ before, after }: Move): void {
    if (before === after) return;
    const { engagementId } = after;
    const here = new Set(agentsOf(after).map(({ agentId }) => agentId));
    for (const { agentId } of agentsOf(before)) {
      if (mayWatch(before, agentId) && mayPublish(after) && !mayWatch(after, agentId)) {
        this.#deps.framePasses.revoke(
          (seat) => seat.role === 'agent' && seat.engagementId === engagementId && seat.agentId === agentId,
        );
        this.#deps.frames.agentRemoved(engagementId, agentId);
      }
      if (!here.has(agentId)) {
        const reason = ('ended' in after ? after.ended?.reason : undefined) ?? 'left';
        this.#deps.announcer.engagementRemoved(engagementId, agentId, reason);
      }
    }
  }

  /** Whoever waits outside for the visitor's answer takes no part, and hears of nothing else. */
  #answerTransfer({ before, after }: Move): void {
    const { transfer } = before;
    if (transfer === undefined || after.transfer?.askId === transfer.askId) return;
    const granted = after.transfers?.includes(transfer.country) ?? false;
    this.#deps.announcer.transferAnswered(after.engagementId, transfer.agentId, granted);
  }

  #calls({ before, after }: Move): void {
    const { calls } = this.#deps;
    const { engagementId } = after;
    const was = callOf(before);
    const is = callOf(after);
    const former = callIdOf(before);
    if (former !== undefined && callIdOf(after) !== former) calls.ownerClosed(engagementId);
    if (is === undefined || was === undefined || is.callId !== former) return;
    const sources: readonly [MediaSource, boolean, boolean][] = [
      ['microphone', was.visitorVoice, is.visitorVoice],
      ['camera', was.visitorVideo, is.visitorVideo],
      ['screen', was.visitorScreen !== undefined, is.visitorScreen !== undefined],
    ];
    if (was.present !== is.present || agentOf(before)?.agentId !== agentOf(after)?.agentId)
      calls.audienceChanged(engagementId);
    // Another surface is another consent: what was given under the one before ends with it.
    if (was.visitorScreen !== is.visitorScreen && was.visitorScreen && is.visitorScreen) {
      calls.sourceWithdrawn(engagementId, 'visitor', 'screen');
      calls.sourceGranted(engagementId, 'visitor', 'screen');
    }
    for (const [source, had, has] of sources) {
      if (had && !has) calls.sourceWithdrawn(engagementId, 'visitor', source);
      if (!had && has) calls.sourceGranted(engagementId, 'visitor', source);
    }
  }

  /** Whichever way they went: taken out, by themselves, with the call or with the engagement. */
  #experts({ before, after }: Move): void {
    const [was, is] = [callOf(before), callOf(after)];
    if (was?.present === undefined || was === is) return;
    const reason = is?.callId === was.callId ? 'removed' : 'callEnded';
    const here = reason === 'removed' ? (is?.present ?? []) : [];
    for (const { agentId, expert } of was.present) {
      const isHere = here.some((each) => each.agentId === agentId);
      if (expert !== undefined && !isHere) this.#deps.endExpert(agentId, reason);
    }
  }

  #close(engagement: Engagement): void {
    const { engagementId } = engagement;
    const agentId = agentOf(engagement)?.agentId;
    const reason = ('ended' in engagement ? engagement.ended?.reason : undefined) ?? 'agentEnded';
    if (agentId !== undefined) this.#deps.announcer.engagementRemoved(engagementId, agentId, reason);
    this.#deps.closed(engagementId);
  }
}

function isOver({ phase }: Engagement): boolean {
  return phase === 'wrapUp' || phase === 'closed';
}

function callOf(engagement: Engagement): Extract<ActiveEngagement['call'], { state: 'on' }> | undefined {
  return engagement.phase === 'active' && engagement.call.state === 'on' ? engagement.call : undefined;
}

/** Who takes part, the lead first, as colleagues are shown it. */
function namesOf(engagement: Engagement): string {
  return agentsOf(engagement)
    .map(({ agentId }) => agentId)
    .join();
}

/** The queue shows who waits and whether they are connected; what runs, who takes part and whether they speak. */
function concernsDesk(before: Engagement, after: Engagement): boolean {
  if (before.phase !== after.phase || before === after) return true;
  if (before.disputed !== after.disputed || namesOf(before) !== namesOf(after)) return true;
  if ((callOf(before) === undefined) !== (callOf(after) === undefined)) return true;
  const waiting = after.phase === 'waiting' || after.phase === 'offered';
  return waiting && before.visitor.connected !== after.visitor.connected;
}
