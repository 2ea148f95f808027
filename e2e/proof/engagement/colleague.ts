/** A second agent, who is asked by nobody: tries to take the engagement, and says to every command what it cannot take. */

import type { AgentTicketIssued, SignedIn } from '@alongside/protocol';
import { agentCommands } from '@alongside/protocol';
import type { SignIn } from '../../service/customer-api.js';
import { LiveClient } from '../../service/live-client.js';
import { callLocal } from '../../service/local-http.js';
import type { ServiceUnderProof } from '../service-under-proof.js';
import type { Canaries } from './channels.js';
import { commandChannel } from './channels.js';

export class Colleague {
  readonly #client: LiveClient;

  private constructor(client: LiveClient) {
    this.#client = client;
  }

  static async connect({ origins }: ServiceUnderProof, { email, password }: SignIn): Promise<Colleague> {
    const ask = async (path: string, body: unknown, token?: string) => {
      const answer = await callLocal(`${origins.console}${path}`, {
        method: 'POST',
        body,
        headers: {
          origin: origins.console,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      return answer.json();
    };
    const { accessToken } = (await ask('/api/session', { email, password })) as SignedIn;
    const { ticket, liveUrl } = (await ask('/api/ticket', {}, accessToken)) as AgentTicketIssued;
    return new Colleague(
      await LiveClient.connect({ namespace: 'agent', liveUrl, ticket, origin: origins.console }),
    );
  }

  /** Neither to be had: somebody else's engagement, and a pass for its frames. Says which was given. */
  async reachFor(engagementId: string): Promise<readonly string[]> {
    const given: string[] = [];
    for (const command of ['engagement:accept', 'frames:pass', 'view:ask']) {
      const reply = await this.#client.send(command, { engagementId });
      if (reply.ok) given.push(command);
    }
    return given;
  }

  async misuse(canaries: Canaries, engagementId: string): Promise<void> {
    for (const command of Object.keys(agentCommands)) {
      const token = canaries.token(commandChannel.agent(command));
      await this.#client.send(command, { engagementId, [token]: token, text: [token] });
    }
  }

  leave(): void {
    this.#client.close();
  }
}
