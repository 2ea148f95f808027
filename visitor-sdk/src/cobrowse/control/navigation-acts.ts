/** Opens another page of the site for an agent: by a link that is there to press, or when the visitor says yes. */

import type { IntentRefusal } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { ActingAgent, ActResult } from './act-result.js';
import type { AgentOverlay } from './agent-overlay.js';
import type { ConfirmRequest } from './confirmation.js';
import type { NavigationCheck } from './navigation-check.js';
import { addressOf } from './page-action.js';

export interface NavigationActsDeps {
  readonly window: Window & typeof globalThis;
  readonly navigation: NavigationCheck;
  readonly overlay: AgentOverlay;
  agentName(slot: number): string;
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
  /** Does an act for the agent at this place, with every form held that the page sends because of it. */
  guarded(slot: number, act: () => ActResult): Promise<ActResult>;
}

export class NavigationActs {
  readonly #deps: NavigationActsDeps;

  constructor(deps: NavigationActsDeps) {
    this.#deps = deps;
  }

  async open(path: string, agent: ActingAgent): Promise<ActResult> {
    const { window, overlay, agentName } = this.#deps;
    const address = addressOf(path, window.location);
    if (address === undefined) return 'otherOrigin';
    const kept = this.#refusalToOpen(agent, address);
    if (kept !== undefined) return kept;
    const top = { x: window.innerWidth / 2, y: 16 };
    overlay.point(top, { slot: agent.slot, name: agentName(agent.slot) });
    await this.#wait(intentLimits.cueMs);
    const refusal = this.#refusalToOpen(agent, address) ?? (await this.#ask(agent, address));
    if (refusal !== undefined) return refusal;
    return await this.#deps.guarded(agent.slot, () => {
      window.location.assign(address);
      return {};
    });
  }

  #refusalToOpen(agent: ActingAgent, address: string): IntentRefusal | undefined {
    return agent.stillLeased() ?? this.#deps.navigation.refusalFor(address);
  }

  /** The visitor decides on a path that no link leads to which the agent could press. */
  async #ask(agent: ActingAgent, address: string): Promise<IntentRefusal | undefined> {
    const request = this.#deps.navigation.confirmationFor(address);
    if (request === undefined) return undefined;
    const unanswered = this.#wait(intentLimits.confirmMs).then(() => false);
    const asked = this.#deps.confirm({ ...request, slot: agent.slot });
    if (!(await Promise.race([asked, unanswered]))) return 'notConfirmed';
    return this.#refusalToOpen(agent, address);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#deps.window.setTimeout(resolve, ms));
  }
}
