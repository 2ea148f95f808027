/** What an agent puts before the visitor: written down first as kind and catalogue number, then told; no address is kept. */

import type { DeliveryAnswer, DeliveryContent, DeliveryOffer, Done, Reply } from '@alongside/protocol';
import { accept, deliveryLimits, refuse } from '@alongside/protocol';
import type { AgentActor, VisitorActor } from '../actor.js';
import { RateWindow } from '../rate-window.js';
import type { CommandDeps } from './command-deps.js';

export function agentDeliveryCommands({ runner, announcer, clock, directory }: CommandDeps) {
  const rates = new WeakMap<object, RateWindow>();
  return {
    'delivery:offer': async (
      { engagementId, agentId, session }: AgentActor,
      { deliveryId, content }: DeliveryOffer,
    ): Promise<Reply<Done>> => {
      const rate = rates.get(session) ?? new RateWindow(clock, deliveryLimits.offersPer10s);
      rates.set(session, rate);
      if (!rate.take()) return refuse('tooFast');
      // What nobody is there to see would look to the agent as if it had been shown.
      if (directory.get(engagementId)?.visitor.connected !== true) return refuse('peerAbsent');
      const entry = { type: 'delivered', deliveryId, agentId, ...keptOf(content) } as const;
      const committed = await runner.commit(engagementId, entry);
      if (!committed.ok) return committed;
      announcer.delivered(engagementId, { deliveryId, content });
      return accept({});
    },
  };
}

export function visitorDeliveryCommands({ runner, announcer }: CommandDeps) {
  return {
    'delivery:answer': (
      { engagementId }: VisitorActor,
      { deliveryId, opened }: DeliveryAnswer,
    ): Reply<Done> => {
      runner.report(engagementId, { type: 'deliveryAnswered', deliveryId, opened });
      announcer.deliveryAnswered(engagementId, { deliveryId, opened });
      return accept({});
    },
  };
}

/** The whole of what is written down. */
function keptOf(content: DeliveryContent) {
  if (content.kind !== 'document') return { kind: content.kind };
  return { kind: content.kind, documentId: content.documentId };
}
