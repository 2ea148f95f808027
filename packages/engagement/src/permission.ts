/**
 * May this role do this now? One function for the server's gate and for both user interfaces, so that a button
 * is never offered that would be refused. It judges what is shown; whose engagement it is was checked before.
 */

import type {
  AgentCommandName,
  AgentId,
  AgentPresent,
  AgentRole,
  EngagementView,
  MediaSource,
  Party,
  RefusalCode,
  VisitorCommandName,
} from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { callRoleOf } from './call/call-audience.js';
import { mayShow } from './call/shared-surface.js';
import {
  active,
  answerableBy,
  askedBy,
  calling,
  joining,
  type MediaCommand,
  mayStart,
  open,
  type Rule,
  type TransferCommand,
  unless,
  viewed,
  visitorRefusal,
} from './visitor-permission.js';

/** What an agent may do depends on which of the agents they are. */
type AgentRule = (view: EngagementView, agentId: AgentId) => RefusalCode | undefined;
/** Commands that concern an engagement; the desk's have no view to be judged by. */
export type EngagementCommand = Exclude<VisitorCommandName | AgentCommandName, 'desk:available'>;
/** Who would do it: the visitor, or one of the agents. */
export type By = 'visitor' | { readonly agentId: AgentId };

const whileActive =
  (rule: AgentRule): AgentRule =>
  (view, agentId) =>
    active(view) ?? rule(view, agentId);
/** What each of the agents may do, once the engagement is in a state for it. */
const everyone: readonly AgentRole[] = ['lead', 'agent', 'supervisor'];
const acting: readonly AgentRole[] = ['lead', 'agent'];
const leading: readonly AgentRole[] = ['lead'];

const by =
  (roles: readonly AgentRole[], rule: AgentRule): AgentRule =>
  (view, agentId) => {
    const code = rule(view, agentId);
    if (code !== undefined) return code;
    const role = agentIn(view, agentId)?.role;
    return role !== undefined && roles.includes(role) ? undefined : 'notPermitted';
  };

const watched: AgentRule = (view, agentId) => {
  const agent = agentIn(view, agentId);
  return viewed(view) ?? (agent?.noticed === false || agent?.hidden === true ? 'consentMissing' : undefined);
};
const hasOthers: AgentRule = ({ agents }, agentId) =>
  agents.some((each) => each.connected && each.agentId !== agentId) ? undefined : 'wrongState';
/** Apart from what a visitor's page asks about: no control of it says these. */
const mediaRules: Readonly<Record<MediaCommand, Rule>> = {
  'call:join': joining,
  'call:connect': calling,
  'call:produce': calling,
  'call:consume': calling,
  'call:resume': calling,
  'call:mute': calling,
  'call:closeProducer': calling,
  'call:restartIce': calling,
  'call:show': calling,
  'call:report': calling,
  'call:passKeys': calling,
  'call:remove': calling,
};
/** Whoever is in the call: the lead, and who came into it. */
const attending =
  (rule: AgentRule): AgentRule =>
  (view, agentId) =>
    rule(view, agentId) ?? (callRoleOf(agentId, view) === 'absent' ? 'notPermitted' : undefined);
const agentMediaRules = Object.fromEntries(
  Object.entries(mediaRules).map(([command, rule]) => [command, by(everyone, attending(rule))]),
) as Record<MediaCommand, AgentRule>;

const agentRules = {
  'chat:send': by(everyone, active),
  'chat:typing': by(everyone, active),
  'engagement:accept': ({ phase }) =>
    phase === 'waiting' || phase === 'offered' ? undefined : 'alreadyTaken',
  'engagement:join': whileActive((view, agentId) => {
    if (agentIn(view, agentId) !== undefined) return 'alreadyTaken';
    return view.agents.length < limits.agents ? undefined : 'conflict';
  }),
  /** The lead leaves only where somebody takes over. */
  'engagement:leave': by(
    everyone,
    whileActive((view, agentId) =>
      agentIn(view, agentId)?.role === 'lead' ? hasOthers(view, agentId) : undefined,
    ),
  ),
  'engagement:handOver': by(leading, whileActive(hasOthers)),
  'engagement:takeLead': by(['supervisor'], active),
  'engagement:keepLead': by(
    everyone,
    whileActive(({ call }, agentId) => {
      if (call.state !== 'on' || call.heir === undefined) return 'wrongState';
      return [call.heir.agentId, call.heir.by].includes(agentId) ? undefined : 'notPermitted';
    }),
  ),
  'engagement:end': by(leading, active),
  'engagement:close': by(leading, ({ phase }) => (phase === 'wrapUp' ? undefined : 'wrongState')),
  'frames:pass': by(everyone, watched),
  'view:ask': by(
    acting,
    unless('wrongState', ({ view }) => view.state === 'off'),
  ),
  'view:cancel': by(
    acting,
    whileActive(({ view, agents }, agentId) => {
      if (view.state === 'off') return 'wrongState';
      const isOwn = view.state === 'asked' && view.agentId === agentId;
      const leads = agents.some((each) => each.agentId === agentId && each.role === 'lead');
      return isOwn || leads ? undefined : 'notPermitted';
    }),
  ),
  'control:ask': by(acting, (view, agentId) => watched(view, agentId) ?? controlFree(view, agentId)),
  'control:cancel': by(
    acting,
    whileActive(({ control }, agentId) => (control.asked?.agentId === agentId ? undefined : 'wrongState')),
  ),
  'control:end': by(
    everyone,
    whileActive((view, agentId) => (leasesOf(view, agentId) > 0 ? undefined : 'leaseMissing')),
  ),
  'delivery:offer': by(acting, active),
  'call:start': by(leading, mayStart),
  'call:answer': by(leading, answerableBy('agent')),
  'call:cancel': by(leading, askedBy('agent')),
  'call:end': by(leading, calling),
  'call:attend': by(['agent', 'supervisor'], calling),
  'call:leave': by(['agent', 'supervisor'], attending(calling)),
  ...agentMediaRules,
} as const satisfies Record<Exclude<AgentCommandName, 'desk:available'>, AgentRule>;

function controlFree(view: EngagementView, agentId: AgentId): RefusalCode | undefined {
  const isFree = view.control.asked === undefined && leasesOf(view, agentId) < limits.leases;
  return isFree ? undefined : 'wrongState';
}

function leasesOf({ control }: EngagementView, agentId: AgentId): number {
  return control.leases.filter((each) => each.agentId === agentId).length;
}

function agentIn({ agents }: EngagementView, agentId: AgentId): AgentPresent | undefined {
  return agents.find((each) => each.agentId === agentId);
}

const transferAsked: Rule = (view) => open(view) ?? (view.transfer === undefined ? 'askExpired' : undefined);

/** Apart from what every visitor's page asks about: few are ever asked this. */
const transferRules: Readonly<Record<TransferCommand, Rule>> = {
  'transfer:grant': transferAsked,
  'transfer:refuse': transferAsked,
  'transfer:withdraw': (view) => open(view) ?? (view.transfers?.length ? undefined : 'wrongState'),
};

/** Of a visitor, beside those that their page knows. */
const laterRules: Readonly<Record<string, Rule>> = { ...transferRules, ...mediaRules };

/** What ends in a question to the visitor, or is one: never to somebody who may not be asked. */
const asking: ReadonlySet<EngagementCommand> = new Set(['view:ask', 'control:ask', 'call:start']);

/** Why this one may not do this now; undefined when they may. */
export function refusalOf(
  who: By,
  command: EngagementCommand,
  view: EngagementView,
): RefusalCode | undefined {
  if (view.visitor.asksNothing && asking.has(command)) return 'consentMissing';
  if (who === 'visitor') {
    const rule = Object.hasOwn(laterRules, command) ? laterRules[command] : undefined;
    return rule === undefined ? visitorRefusal(command, view) : rule(view);
  }
  const rules: Partial<Record<EngagementCommand, AgentRule>> = agentRules;
  const rule = rules[command];
  return rule === undefined ? 'notPermitted' : rule(view, who.agentId);
}

export function may(who: By, command: EngagementCommand, view: EngagementView): boolean {
  return refusalOf(who, command, view) === undefined;
}

/** Whether this party may send this of its own in the call: the visitor under consent, the agent while it lasts. */
export function mayProduce(party: Party, source: MediaSource, { call }: EngagementView): boolean {
  if (call.state !== 'on') return false;
  if (source === 'screen') {
    if (call.screens === undefined) return false;
    return party === 'agent' || (call.visitorScreen !== undefined && mayShow(call.visitorScreen, call));
  }
  if (party === 'agent') return true;
  return source === 'microphone' ? call.visitorVoice : call.visitorVideo;
}
