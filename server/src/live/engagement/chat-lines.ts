/** Chat lines: numbered at COMMIT, said to the others only then, in order; resending is harmless. */

import type { JournalAck } from '@alongside/engagement';
import { agentsOf } from '@alongside/engagement';
import type {
  AgentId,
  ChatLine,
  ChatNumbered,
  ChatSend,
  EngagementId,
  Party,
  Reply,
} from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { JournalClient } from '../journal/journal-client.js';
import type { EngagementDirectory } from './engagement-directory.js';
import type { EngagementRunner } from './engagement-runner.js';
import { LineOrder } from './line-order.js';

export interface Speaker {
  readonly engagementId: EngagementId;
  readonly party: Party;
  readonly agentId?: AgentId;
  /** The connection that sent it hears of it by the reply. */
  readonly socketId: string;
}

export interface ChatLinesDeps {
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
  readonly journal: Pick<JournalClient, 'append'>;
  say(engagementId: EngagementId, line: ChatLine, exceptSocketId: string | undefined): void;
  /** A line waits for the customer's own store, or none does any more. */
  delayed(engagementId: EngagementId, delayed: boolean): void;
}

interface Talk {
  readonly order: LineOrder;
  /** Lines whose commit is awaited. */
  underWay: number;
  /** The line's sending connection, while its reply is awaited. */
  readonly senders: Map<string, string>;
  /** Lines that wait for the customer's own store. */
  readonly delayed: Set<string>;
}

export class ChatLines {
  readonly #deps: ChatLinesDeps;
  readonly #talks = new Map<EngagementId, Talk>();

  constructor(deps: ChatLinesDeps) {
    this.#deps = deps;
  }

  async send(speaker: Speaker, { lineId, text }: ChatSend): Promise<Reply<ChatNumbered>> {
    const { engagementId, party: from, agentId, socketId } = speaker;
    const talk = this.#talk(engagementId);
    if (talk === undefined) return refuse('notFound');
    const by = agentId === undefined ? {} : { agentId };
    const draft = { type: 'chatLine', lineId, from, text, ...by } as const;
    const line = { lineId, from, text, ...by, ...this.#named(engagementId, agentId) };
    talk.underWay += 1;
    talk.senders.set(lineId, socketId);
    const ack = await this.#deps.journal.append(this.#deps.runner.entry(engagementId, draft), (late) => {
      this.#delay(engagementId, talk, { lineId, delayed: false });
      // The sender was told that it is not sent yet: now everybody hears of it, the sender included.
      this.#committed(engagementId, line, late);
      this.#settle(engagementId, talk);
    });
    this.#delay(engagementId, talk, { lineId, delayed: isDelayed(ack) });
    const numbered = this.#committed(engagementId, line, ack);
    talk.senders.delete(lineId);
    talk.underWay -= 1;
    this.#settle(engagementId, talk);
    return numbered;
  }

  forget(engagementId: EngagementId): void {
    this.#talks.delete(engagementId);
  }

  #committed(
    engagementId: EngagementId,
    line: Omit<ChatLine, 'number' | 'at'>,
    ack: JournalAck,
  ): Reply<ChatNumbered> {
    if (!ack.ok) return ack;
    if (ack.number === undefined) return refuse('internal');
    const { number, at, version: ledgerVersion } = ack;
    this.#deps.runner.runNow(engagementId, { type: 'lineCommitted', number, ledgerVersion });
    const said = this.#talks.get(engagementId)?.order.committed({ ...line, number, at }) ?? [];
    this.#say(engagementId, said);
    return accept({ number, at });
  }

  /** Both sides are told when the first line begins to wait, and when none does any more. */
  #delay(
    engagementId: EngagementId,
    { delayed: waiting }: Talk,
    { lineId, delayed }: { lineId: string; delayed: boolean },
  ): void {
    const before = waiting.size;
    if (delayed) waiting.add(lineId);
    else waiting.delete(lineId);
    if ((before === 0) !== (waiting.size === 0)) this.#deps.delayed(engagementId, delayed);
  }

  /** What the agent who wrote it is called, as long as they take part. */
  #named(engagementId: EngagementId, agentId: AgentId | undefined): { readonly agentName?: string } {
    const engagement = this.#deps.directory.get(engagementId);
    const seats = engagement === undefined ? [] : agentsOf(engagement);
    const seat = seats.find((each) => each.agentId === agentId);
    return seat === undefined ? {} : { agentName: seat.displayName };
  }

  #settle(engagementId: EngagementId, talk: Talk): void {
    if (talk.underWay === 0) this.#say(engagementId, talk.order.settle());
  }

  #say(engagementId: EngagementId, lines: readonly ChatLine[]): void {
    const senders = this.#talks.get(engagementId)?.senders;
    for (const line of lines) this.#deps.say(engagementId, line, senders?.get(line.lineId));
  }

  #talk(engagementId: EngagementId): Talk | undefined {
    const known = this.#talks.get(engagementId);
    const engagement = this.#deps.directory.get(engagementId);
    if (known !== undefined || engagement === undefined) return known;
    const talk = {
      ...{ order: new LineOrder(engagement.lastChatNumber), underWay: 0 },
      ...{ senders: new Map(), delayed: new Set<string>() },
    };
    this.#talks.set(engagementId, talk);
    return talk;
  }
}

function isDelayed(ack: JournalAck): boolean {
  return !ack.ok && ack.refusal.detail === 'customerStore';
}
