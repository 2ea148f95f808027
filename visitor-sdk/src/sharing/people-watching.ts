/** Who sees the page, and the codes that the visitor may compare with each of them. */

import type { WatchingAgent } from '@alongside/frames';
import type { AgentId } from '@alongside/protocol';

export interface WatchingPerson {
  readonly watching: boolean;
  /** Six digits that both people see if nobody is between them. */
  readonly code: string;
  readonly continuity: 'kept' | 'changed' | 'first';
  /** Where several agents see the page: a code with each of them. */
  readonly codes?: ReadonlyMap<AgentId, string>;
}

/** The code that is shown is that of the one who came last and is still there, or of one whose code has changed. */
export class PeopleWatching {
  readonly #people = new Map<number, WatchingAgent>();
  readonly #onPerson: (person: WatchingPerson | undefined) => void;
  /** The last code with each agent; an agent who is new has none that could have changed. */
  readonly #codes = new Map<AgentId, string>();

  constructor(onPerson: (person: WatchingPerson | undefined) => void) {
    this.#onPerson = onPerson;
  }

  agentIn(slot: number): AgentId | undefined {
    return this.#people.get(slot)?.agent;
  }

  slots(): readonly number[] {
    return [...this.#people.values()].filter(({ state }) => state === 'watching').map(({ slot }) => slot);
  }

  see(agent: WatchingAgent): void {
    if (agent.state === 'left') this.#people.delete(agent.slot);
    else this.#people.set(agent.slot, agent);
    const present = [...this.#people.values()].filter((each) => each.state !== 'away');
    const last = present.at(-1);
    if (last === undefined) {
      this.#onPerson(undefined);
      return;
    }
    const person = present.find((each) => this.#continuityOf(each) === 'changed') ?? last;
    const continuity = this.#continuityOf(person);
    for (const each of present) if (each.state === 'watching') this.#codes.set(each.agent, each.code);
    const codes = new Map(present.map((each) => [each.agent, each.code]));
    const watching = present.some(({ state }) => state === 'watching');
    const told = { watching, code: person.code, continuity };
    this.#onPerson(codes.size > 1 ? { ...told, codes } : told);
  }

  /** A first code is no change; another one after it is. */
  #continuityOf({ agent, code, continuity }: WatchingAgent): WatchingPerson['continuity'] {
    if (continuity === 'kept') return 'kept';
    const known = this.#codes.get(agent);
    return known === undefined || known === code ? 'first' : 'changed';
  }
}
