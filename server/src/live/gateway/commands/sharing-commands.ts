/** Consent to view and leases of control, from both sides. */

import { randomUUID } from 'node:crypto';
import type { HappeningOf } from '@alongside/engagement';
import type { AskId, Done, LeasedKind, Party, Reply } from '@alongside/protocol';
import type { Actor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

interface Asked {
  readonly askId: AskId;
}

interface Ended {
  readonly lease?: number | undefined;
}

function endedBy(by: Party, { lease }: Ended): HappeningOf<'endControl'> {
  return lease === undefined ? { type: 'endControl', by } : { type: 'endControl', by, lease };
}

/** Names a question; made here, so that nobody can answer one that was never put. */
export function newAskId(): AskId {
  return randomUUID() as AskId;
}

export function visitorSharingCommands({ runner }: CommandDeps) {
  return {
    'view:grant': async ({ engagementId }: Actor, { askId }: Asked): Promise<Reply<Done>> =>
      done(await runner.grantView(engagementId, askId)),
    'view:refuse': ({ engagementId }: Actor, { askId }: Asked): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'refuseView', askId })),
    'view:stop': ({ engagementId }: Actor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'stopView' })),
    'control:grant': async ({ engagementId }: Actor, { askId }: Asked): Promise<Reply<Done>> =>
      done(await runner.grantControl(engagementId, askId)),
    'control:refuse': ({ engagementId }: Actor, { askId }: Asked): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'refuseControl', askId })),
    'control:end': ({ engagementId }: Actor, ended: Ended): Reply<Done> =>
      done(runner.runNow(engagementId, endedBy('visitor', ended))),
  };
}

export function agentSharingCommands({ runner }: CommandDeps) {
  return {
    'view:ask': (
      { engagementId }: Actor,
      { kinds = [] }: { readonly kinds?: readonly LeasedKind[] | undefined },
    ): Reply<Done> => done(runner.runNow(engagementId, { type: 'askView', askId: newAskId(), kinds })),
    'view:cancel': ({ engagementId }: Actor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'cancelView' })),
    'control:ask': (
      { engagementId }: Actor,
      { kinds, leaseMs }: { readonly kinds: readonly LeasedKind[]; readonly leaseMs: number },
    ): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'askControl', askId: newAskId(), kinds, leaseMs })),
    'control:cancel': ({ engagementId }: Actor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'cancelControl' })),
    'control:end': ({ engagementId }: Actor, ended: Ended): Reply<Done> =>
      done(runner.runNow(engagementId, endedBy('agent', ended))),
  };
}
