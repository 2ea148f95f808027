/** For every command where it is done the first time, and what it is told when the same body comes again. */

import type { AgentCommandName, RefusalCode, VisitorCommandName } from '@alongside/protocol';

/** How far an engagement has come, for the party whose command is meant. */
export type Stage =
  | 'waiting'
  | 'active'
  | 'viewAsked'
  | 'viewed'
  | 'controlAsked'
  | 'leased'
  | 'callAsked'
  | 'ownCallAsked'
  | 'called'
  | 'sealedCall'
  /** A colleague leads; the one who is meant has not joined. */
  | 'colleagues'
  /** The one who is meant has joined what a colleague leads. */
  | 'joined'
  | 'supervised'
  /** A colleague leads a call, which the one who is meant has not come into, or has. */
  | 'colleaguesCall'
  | 'inCall'
  /** Who leads the call has asked the one who is meant to lead it. */
  | 'heir'
  /** An expert has been invited into the call that the one who is meant leads. */
  | 'expertInCall'
  /** The one who is meant leads, and a colleague has joined. */
  | 'leading'
  /** A colleague may only come in with the visitor's explicit consent: it is asked for, or given. */
  | 'transferAsked'
  | 'transferAgreed'
  | 'wrapUp';

export interface Replay {
  /** Where the command is done the first time. */
  readonly at: Stage;
  /** What the second one is told; `lost` where the first ended the connection. */
  readonly again: RefusalCode | 'done' | 'lost';
}

const media = { at: 'called', again: 'done' } as const;
const shared = {
  'chat:send': { at: 'active', again: 'done' },
  'chat:typing': { at: 'active', again: 'done' },
  'frames:pass': { at: 'viewed', again: 'done' },
  'control:end': { at: 'leased', again: 'leaseMissing' },
  'call:start': { at: 'active', again: 'wrongState' },
  'call:answer': { at: 'callAsked', again: 'askExpired' },
  'call:cancel': { at: 'ownCallAsked', again: 'wrongState' },
  'call:join': media,
  'call:connect': media,
  'call:produce': media,
  'call:consume': media,
  'call:resume': media,
  'call:mute': media,
  'call:closeProducer': media,
  'call:restartIce': media,
  'call:show': media,
  'call:report': media,
  'call:passKeys': { at: 'sealedCall', again: 'done' },
  'call:remove': { at: 'expertInCall', again: 'notFound' },
  'call:end': { at: 'called', again: 'wrongState' },
} as const;
export const replays: {
  readonly visitor: Readonly<Record<VisitorCommandName, Replay>>;
  readonly agent: Readonly<Record<AgentCommandName, Replay>>;
} = {
  visitor: {
    ...shared,
    'engagement:end': { at: 'active', again: 'lost' },
    'view:grant': { at: 'viewAsked', again: 'askExpired' },
    'view:refuse': { at: 'viewAsked', again: 'askExpired' },
    'view:stop': { at: 'viewed', again: 'wrongState' },
    'agent:notice': { at: 'leading', again: 'done' },
    'agent:hide': { at: 'leading', again: 'done' },
    'agent:show': { at: 'leading', again: 'done' },
    'control:grant': { at: 'controlAsked', again: 'askExpired' },
    'control:refuse': { at: 'controlAsked', again: 'askExpired' },
    // [DE3], and for the offer below.
    'delivery:answer': { at: 'active', again: 'done' },
    'call:consent': { at: 'called', again: 'done' },
    'call:notice': { at: 'inCall', again: 'done' },
    'transfer:grant': { at: 'transferAsked', again: 'askExpired' },
    'transfer:refuse': { at: 'transferAsked', again: 'askExpired' },
    'transfer:withdraw': { at: 'transferAgreed', again: 'wrongState' },
  },
  agent: {
    ...shared,
    'engagement:end': { at: 'active', again: 'wrongState' },
    'desk:available': { at: 'active', again: 'done' },
    'engagement:accept': { at: 'waiting', again: 'done' },
    'engagement:close': { at: 'wrapUp', again: 'notFound' },
    'engagement:join': { at: 'colleagues', again: 'done' },
    'engagement:leave': { at: 'joined', again: 'notFound' },
    'engagement:handOver': { at: 'leading', again: 'notPermitted' },
    'engagement:takeLead': { at: 'supervised', again: 'notPermitted' },
    'engagement:keepLead': { at: 'heir', again: 'wrongState' },
    'call:attend': { at: 'colleaguesCall', again: 'done' },
    'call:leave': { at: 'inCall', again: 'notPermitted' },
    'view:ask': { at: 'active', again: 'wrongState' },
    'view:cancel': { at: 'viewAsked', again: 'wrongState' },
    'control:ask': { at: 'viewed', again: 'wrongState' },
    'control:cancel': { at: 'controlAsked', again: 'wrongState' },
    'delivery:offer': { at: 'active', again: 'done' },
  },
};
