/**
 * May this role do this now? One function for the server's gate and for both user interfaces, so that a button
 * is never offered that would be refused. It judges what is shown; whose engagement it is was checked before.
 */

import type {
  AgentCommandName,
  EngagementView,
  MediaSource,
  Party,
  RefusalCode,
  VisitorCommandName,
} from '@alongside/protocol';
import { limits } from '@alongside/protocol';

type Rule = (view: EngagementView) => RefusalCode | undefined;
/** Commands that concern an engagement; the desk's have no view to be judged by. */
export type EngagementCommand = Exclude<VisitorCommandName | AgentCommandName, 'desk:available'>;

const open: Rule = ({ phase }) => (phase === 'wrapUp' || phase === 'closed' ? 'wrongState' : undefined);
const active: Rule = ({ phase }) => (phase === 'active' ? undefined : 'wrongState');
const whileActive =
  (rule: Rule): Rule =>
  (view) =>
    active(view) ?? rule(view);
const unless = (code: RefusalCode, holds: (view: EngagementView) => boolean): Rule =>
  whileActive((view) => (holds(view) ? undefined : code));

const chats = { visitor: open, agent: active };
const viewed = unless('consentMissing', ({ view }) => view.state === 'on');
const calling = unless('wrongState', ({ call }) => call.state === 'on');
const mayStart = unless('wrongState', ({ call }) => call.state === 'off');
const askedBy = (party: Party) =>
  unless('wrongState', ({ call }) => call.state === 'asked' && call.by === party);
const answerableBy = (party: Party) =>
  unless('askExpired', ({ call }) => call.state === 'asked' && call.by !== party);

const lent = unless('leaseMissing', ({ control }) => control.leases.length > 0);
const controlAsked = (code: RefusalCode) => unless(code, ({ control }) => control.asked !== undefined);

const callRules = {
  'call:join': calling,
  'call:connect': calling,
  'call:produce': calling,
  'call:consume': calling,
  'call:resume': calling,
  'call:mute': calling,
  'call:closeProducer': calling,
  'call:restartIce': calling,
  'call:end': calling,
} as const;

const visitorRules = {
  'chat:send': chats.visitor,
  'chat:typing': chats.visitor,
  'engagement:end': open,
  'frames:pass': viewed,
  'view:grant': unless('askExpired', ({ view }) => view.state === 'asked'),
  'view:refuse': unless('askExpired', ({ view }) => view.state === 'asked'),
  'view:stop': unless('wrongState', ({ view }) => view.state === 'on'),
  'control:grant': controlAsked('askExpired'),
  'control:refuse': controlAsked('askExpired'),
  'control:end': lent,
  'delivery:answer': active,
  'call:start': mayStart,
  'call:answer': answerableBy('visitor'),
  'call:cancel': askedBy('visitor'),
  'call:consent': calling,
  ...callRules,
} as const satisfies Record<VisitorCommandName, Rule>;

const agentRules = {
  'chat:send': chats.agent,
  'chat:typing': chats.agent,
  'engagement:accept': ({ phase }) =>
    phase === 'waiting' || phase === 'offered' ? undefined : 'alreadyTaken',
  'engagement:end': active,
  'engagement:close': ({ phase }) => (phase === 'wrapUp' ? undefined : 'wrongState'),
  'frames:pass': viewed,
  'view:ask': unless('wrongState', ({ view }) => view.state === 'off'),
  'view:cancel': unless('wrongState', ({ view }) => view.state !== 'off'),
  'control:ask': whileActive((view) => viewed(view) ?? controlFree(view)),
  'control:cancel': controlAsked('wrongState'),
  'control:end': lent,
  'delivery:offer': active,
  'call:start': mayStart,
  'call:answer': answerableBy('agent'),
  'call:cancel': askedBy('agent'),
  ...callRules,
} as const satisfies Record<Exclude<AgentCommandName, 'desk:available'>, Rule>;

function controlFree({ control }: EngagementView): RefusalCode | undefined {
  const isFree = control.asked === undefined && control.leases.length < limits.leases;
  return isFree ? undefined : 'wrongState';
}

const rules: Readonly<Record<Party, Partial<Readonly<Record<EngagementCommand, Rule>>>>> = {
  visitor: visitorRules,
  agent: agentRules,
};

/** Why this party may not do this now; undefined when it may. */
export function refusalOf(
  party: Party,
  command: EngagementCommand,
  view: EngagementView,
): RefusalCode | undefined {
  const rule = rules[party][command];
  return rule === undefined ? 'notPermitted' : rule(view);
}

export function may(party: Party, command: EngagementCommand, view: EngagementView): boolean {
  return refusalOf(party, command, view) === undefined;
}

/** Whether this party may send this of its own in the call: the visitor under consent, the agent while it lasts. */
export function mayProduce(party: Party, source: MediaSource, { call }: EngagementView): boolean {
  if (call.state !== 'on') return false;
  if (party === 'agent') return true;
  return source === 'microphone' ? call.visitorVoice : call.visitorVideo;
}
