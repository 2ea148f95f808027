/** What an agent puts before the visitor: written down first as kind and catalogue number, then told; no address is written down. */

import type { DeliveryAnswer, DeliveryContent, DeliveryOffer, Done, Reply } from '@alongside/protocol';
import { accept, deliveryLimits, refuse } from '@alongside/protocol';
import type { AgentActor, VisitorActor } from '../actor.js';
import { RateWindow } from '../rate-window.js';
import type { CommandDeps } from './command-deps.js';

export function agentDeliveryCommands({ runner, announcer, clock, directory, offers }: CommandDeps) {
  const rates = new WeakMap<object, RateWindow>();
  const offered = new OncePerSession();
  return {
    'delivery:offer': async (
      { engagementId, agentId, session }: AgentActor,
      { deliveryId, content }: DeliveryOffer,
    ): Promise<Reply<Done>> => {
      if (offered.has(session, deliveryId)) return accept({});
      const rate = rates.get(session) ?? new RateWindow(clock, deliveryLimits.offersPer10s);
      rates.set(session, rate);
      if (!rate.take()) return refuse('tooFast');
      // What nobody is there to see would look to the agent as if it had been shown.
      if (directory.get(engagementId)?.visitor.connected !== true) return refuse('peerAbsent');
      offered.add(session, deliveryId);
      const entry = { type: 'delivered', deliveryId, agentId, ...keptOf(content) } as const;
      const committed = await runner.commit(engagementId, entry);
      if (!committed.ok) {
        offered.delete(session, deliveryId);
        return committed;
      }
      // It may have ended meanwhile: then nothing of it stays in memory.
      if (directory.get(engagementId)?.phase !== 'active') return refuse('wrongState');
      const told = { deliveryId, agentId, content };
      offers.add(engagementId, told);
      announcer.delivered(engagementId, told);
      return accept({});
    },
  };
}

export function visitorDeliveryCommands({ runner, announcer, offers }: CommandDeps) {
  const answered = new OncePerSession();
  return {
    'delivery:answer': (
      { engagementId, session }: VisitorActor,
      { deliveryId, opened }: DeliveryAnswer,
    ): Reply<Done> => {
      if (answered.has(session, deliveryId)) return accept({});
      answered.add(session, deliveryId);
      offers.answered(engagementId, deliveryId);
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

/** What was sent before is done once; a session remembers its newest. */
const MOST_REMEMBERED = 100;

class OncePerSession {
  readonly #seen = new WeakMap<object, Set<string>>();

  has(session: object, id: string): boolean {
    return this.#seen.get(session)?.has(id) === true;
  }

  add(session: object, id: string): void {
    const ids = this.#seen.get(session) ?? new Set<string>();
    this.#seen.set(session, ids);
    ids.add(id);
    const [oldest] = ids;
    if (ids.size > MOST_REMEMBERED && oldest !== undefined) ids.delete(oldest);
  }

  delete(session: object, id: string): void {
    this.#seen.get(session)?.delete(id);
  }
}
