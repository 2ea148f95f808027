/** [PE1] What the gate and both interfaces offer is what the rules let happen. */

import { agentCommands, type Party, visitorCommands } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { EngagementName } from '../test/engagement-samples.js';
import { aki, callAsk, controlAsk, engagements, start, viewAsk } from '../test/engagement-samples.js';
import type { By, EngagementCommand, Happening } from './index.js';
import { engagementView, may, mayProduce, refusalOf, transition } from './index.js';

/** The happening of each command, with the matching question; commands without one are judged by the view alone. */
function happeningOf(party: Party, command: EngagementCommand): Happening | undefined {
  const common: Partial<Record<EngagementCommand, Happening>> = {
    'engagement:end': { type: 'end', by: party, reason: 'visitorEnded' },
    'call:start': { type: 'startCall', askId: callAsk, by: party, media: 'voice' },
    'call:answer': { type: 'acceptCall', askId: callAsk, by: party, media: 'voice', callId: 'call' },
    'call:cancel': { type: 'cancelCall', by: party },
    'call:end': { type: 'endCall', by: party },
    'control:end':
      party === 'visitor'
        ? { type: 'endControl', by: 'visitor' }
        : { type: 'endControl', by: 'agent', agentId: aki },
  };
  const visitor: Partial<Record<EngagementCommand, Happening>> = {
    'view:grant': { type: 'grantView', askId: viewAsk, lease: 5 },
    'view:refuse': { type: 'refuseView', askId: viewAsk },
    'view:stop': { type: 'stopView' },
    'control:grant': { type: 'grantControl', askId: controlAsk, lease: 5 },
    'control:refuse': { type: 'refuseControl', askId: controlAsk },
    'agent:notice': { type: 'noticeAgent', agentId: aki },
    'agent:hide': { type: 'hideFrom', agentId: aki },
    'agent:show': { type: 'showTo', agentId: aki },
    'call:consent': { type: 'grantSource', source: 'camera' },
  };
  const agent: Partial<Record<EngagementCommand, Happening>> = {
    'engagement:accept': { type: 'accept', agentId: aki, displayName: 'Aki' },
    'engagement:close': { type: 'close' },
    'engagement:leave': { type: 'leave', agentId: aki, reason: 'left' },
    'view:ask': { type: 'askView', askId: viewAsk, agentId: aki, kinds: ['point'] },
    'view:cancel': { type: 'cancelView', agentId: aki },
    'control:ask': { type: 'askControl', askId: controlAsk, agentId: aki, kinds: ['click'], leaseMs: 30_000 },
    'control:cancel': { type: 'cancelControl', agentId: aki },
  };
  return { ...common, ...(party === 'visitor' ? visitor : agent) }[command];
}

const by = (party: Party): By => (party === 'visitor' ? 'visitor' : { agentId: aki });

const commandsOf = (party: Party) => {
  const table: object = party === 'visitor' ? visitorCommands : agentCommands;
  return (Object.keys(table) as (EngagementCommand | 'desk:available')[]).filter(
    (name): name is EngagementCommand => name !== 'desk:available',
  );
};
const states = Object.keys(engagements) as EngagementName[];
const judged = (party: Party) => commandsOf(party).filter((each) => happeningOf(party, each) !== undefined);
const pairs = (['visitor', 'agent'] as const).flatMap((party) =>
  // Chat, passes and media signalling have no happening: they are judged by the view alone.
  judged(party).flatMap((command) => states.map((state) => ({ party, command, state }))),
);

/** Where the two differ on purpose, and which of them lets it pass. */
const differing = new Map<string, 'rules' | 'gate'>([
  // The agent who has it already is answered as before; a button to accept it again is not offered.
  ...states
    .filter((state) => engagements[state].phase === 'active')
    .map((state) => [`agent engagement:accept ${state}`, 'rules'] as const),
  // Leaving the queue is the visitor's; `records` and time end what was not accepted without a command.
  ...(['waiting', 'waitingAlone', 'offered'] as const).map(
    (state) => [`agent engagement:end ${state}`, 'rules'] as const,
  ),
  // The visitor may press yes while the agent reloads; the rules want the agent there when it takes effect.
  ['visitor control:grant agentAway', 'gate'],
]);

describe('[PE1] permission', () => {
  it.each(pairs)('agrees with the rules on $command of the $party in $state', ({ party, command, state }) => {
    const engagement = engagements[state];
    const allowed = may(by(party), command, engagementView(engagement));
    const happening = happeningOf(party, command);
    if (happening === undefined) throw new Error('The pair was filtered out.');
    const happens = transition(engagement, happening, { now: start + 5 }).kind !== 'refused';
    const differs = differing.get(`${party} ${command} ${state}`);
    if (differs === undefined) expect(happens).toBe(allowed);
    else expect([happens, allowed]).toEqual([differs === 'rules', differs === 'gate']);
  });

  it('says why not', () => {
    const { waiting, active, viewed, wrapUp } = engagements;
    expect(refusalOf({ agentId: aki }, 'control:ask', engagementView(active))).toBe('consentMissing');
    expect(refusalOf({ agentId: aki }, 'control:end', engagementView(viewed))).toBe('leaseMissing');
    expect(refusalOf('visitor', 'view:grant', engagementView(active))).toBe('askExpired');
    expect(refusalOf('visitor', 'frames:pass', engagementView(active))).toBe('consentMissing');
    expect(refusalOf({ agentId: aki }, 'chat:send', engagementView(waiting))).toBe('wrongState');
    expect(refusalOf('visitor', 'chat:send', engagementView(waiting))).toBeUndefined();
    expect(refusalOf('visitor', 'chat:send', engagementView(wrapUp))).toBe('wrongState');
    expect(refusalOf({ agentId: aki }, 'engagement:accept', engagementView(viewed))).toBe('alreadyTaken');
    expect(refusalOf('visitor', 'view:ask', engagementView(active))).toBe('notPermitted');
    expect(refusalOf({ agentId: aki }, 'view:grant', engagementView(active))).toBe('notPermitted');
  });

  it('[CA6] lets the visitor send only what they agreed to', () => {
    const calling = engagementView(engagements.calling);
    expect(mayProduce('visitor', 'microphone', calling)).toBe(true);
    expect(mayProduce('visitor', 'camera', calling)).toBe(false);
    expect(mayProduce('agent', 'camera', calling)).toBe(true);
    expect(mayProduce('visitor', 'camera', engagementView(engagements.everything))).toBe(true);
    for (const state of ['active', 'callAskedByVisitor', 'wrapUp'] as const) {
      expect(mayProduce('agent', 'microphone', engagementView(engagements[state]))).toBe(false);
    }
  });
});
