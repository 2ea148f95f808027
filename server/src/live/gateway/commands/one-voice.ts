/** One visitor must not hear what is said to another, whichever of an agent's windows it is said in. */

import { engagementView, isVoiceGiven } from '@alongside/engagement';
import type { AgentId, EngagementId, Reply } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';
import type { EngagementDirectory } from '../../engagement/engagement-directory.js';
import type { Actor } from '../actor.js';

interface Voice {
  readonly agentId: AgentId;
  readonly engagementId: EngagementId;
}

export class OneVoice {
  readonly #directory: Pick<EngagementDirectory, 'ofAgent'>;
  /** What is being committed: until it is, no engagement shows it. */
  readonly #coming = new Set<Voice>();

  constructor(directory: Pick<EngagementDirectory, 'ofAgent'>) {
    this.#directory = directory;
  }

  /** Gives an agent's voice here, unless it is given in another engagement, or is about to be. */
  async give<T>(actor: Actor, giving: () => Promise<Reply<T>>): Promise<Reply<T>> {
    if (this.isElsewhere(actor)) return refuse('conflict');
    if (actor.party === 'visitor') return giving();
    const { agentId, engagementId } = actor;
    const voice = { agentId, engagementId };
    this.#coming.add(voice);
    try {
      return await giving();
    } finally {
      this.#coming.delete(voice);
    }
  }

  isElsewhere(actor: Actor): boolean {
    if (actor.party === 'visitor') return false;
    const { agentId, engagementId } = actor;
    return (
      [...this.#coming].some((voice) => voice.agentId === agentId && voice.engagementId !== engagementId) ||
      this.#directory
        .ofAgent(agentId)
        .some((each) => each.engagementId !== engagementId && isVoiceGiven(agentId, engagementView(each)))
    );
  }
}
