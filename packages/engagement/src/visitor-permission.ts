/**
 * May the visitor do this now? Apart from what agents may do, so that a visitor's page does not load that. The
 * server's gate asks this by way of permission.ts.
 */

import type { EngagementView, Party, RefusalCode, VisitorCommandName } from '@alongside/protocol';

/** What few visitors are ever asked, which their pages need no rule for. */
export type TransferCommand = 'transfer:grant' | 'transfer:refuse' | 'transfer:withdraw';
/** What a call's media say to the server and no control of a page does. */
export type MediaCommand = Exclude<
  Extract<VisitorCommandName, `call:${string}`>,
  'call:start' | 'call:answer' | 'call:cancel' | 'call:consent' | 'call:notice' | 'call:end'
>;
export type Rule = (view: EngagementView) => RefusalCode | undefined;

export const open: Rule = ({ phase }) =>
  phase === 'wrapUp' || phase === 'closed' ? 'wrongState' : undefined;
export const active: Rule = ({ phase }) => (phase === 'active' ? undefined : 'wrongState');
export const unless =
  (code: RefusalCode, holds: (view: EngagementView) => boolean): Rule =>
  (view) =>
    active(view) ?? (holds(view) ? undefined : code);

export const viewed = unless('consentMissing', ({ view }) => view.state === 'on');
export const calling = unless('wrongState', ({ call }) => call.state === 'on');
/** Nothing is sent or heard before the answer: what media need is made ready. */
export const joining = unless('wrongState', ({ call }) => call.state !== 'off');
export const mayStart = unless('wrongState', ({ call }) => call.state === 'off');
export const askedBy = (party: Party) =>
  unless('wrongState', ({ call }) => call.state === 'asked' && call.by === party);
export const answerableBy = (party: Party) =>
  unless('askExpired', ({ call }) => call.state === 'asked' && call.by !== party);

const lent = unless('leaseMissing', ({ control }) => control.leases.length > 0);
const controlAsked = unless('askExpired', ({ control }) => control.asked !== undefined);

const visitorRules = {
  'chat:send': open,
  'chat:typing': open,
  'engagement:end': open,
  'frames:pass': viewed,
  'view:grant': unless('askExpired', ({ view }) => view.state === 'asked'),
  'view:refuse': unless('askExpired', ({ view }) => view.state === 'asked'),
  'view:stop': unless('wrongState', ({ view }) => view.state === 'on'),
  'agent:notice': active,
  'agent:hide': active,
  'agent:show': active,
  'control:grant': controlAsked,
  'control:refuse': controlAsked,
  'control:end': lent,
  'delivery:answer': active,
  'call:start': mayStart,
  'call:answer': answerableBy('visitor'),
  'call:cancel': askedBy('visitor'),
  'call:consent': calling,
  'call:notice': calling,
  'call:end': calling,
} as const satisfies Record<Exclude<VisitorCommandName, TransferCommand | MediaCommand>, Rule>;

/** Why the visitor may not do this now; undefined when they may. */
export function visitorRefusal(command: string, view: EngagementView): RefusalCode | undefined {
  const rules: Readonly<Record<string, Rule>> = visitorRules;
  const rule = Object.hasOwn(rules, command) ? rules[command] : undefined;
  return rule === undefined ? 'notPermitted' : rule(view);
}

export function mayVisitor(command: VisitorCommandName, view: EngagementView): boolean {
  return visitorRefusal(command, view) === undefined;
}
