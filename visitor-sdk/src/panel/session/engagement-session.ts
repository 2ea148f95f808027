/** One engagement as this page takes part in it: its facts become signals that the views read. */

import type {
  AgentId,
  CallAvailability,
  CallKeyStep,
  ChatLine,
  ChatNumbered,
  CommandValues,
  DeliveryOffered,
  EndReason,
  EngagementChange,
  EngagementView,
  LineId,
  RemoteProducer,
  Reply,
  StorageState,
  VisitorCommandName,
  VisitorFacts,
} from '@alongside/protocol';
import { batch, signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { ReturnEntry } from '../../return/return-store.js';
import { backOffMs } from './back-off.js';
import { ChatLog } from './chat-log.js';
import type { UnsentLine } from './outbox.js';
import { Outbox } from './outbox.js';
import type { Admission, ConnectionState } from './signal-connection.js';
import { SignalConnection } from './signal-connection.js';
import { TypingSignal } from './typing-signal.js';
import type { VisitorHttp } from './visitor-http.js';

export interface SessionHooks {
  /** The return secret is not known (any more): there is nothing to come back to. */
  readonly onUnknown: () => void;
  /** The engagement is over; `surveyOpen` is undefined when only the socket told it. */
  readonly onEnded: (surveyOpen: boolean | undefined) => void;
  readonly onChanged: (because: EngagementChange, before: EngagementView | undefined) => void;
  readonly onAgentLine: (line: ChatLine) => void;
  /** What may be seen of the page may be something else now, or may have become so while there was no connection. */
  readonly onRulesChanged: () => void;
  /** An agent puts something before the visitor, or had done so before this page came. */
  readonly onDelivery: (offer: DeliveryOffered) => void;
  readonly onDeliveryAnswered: (deliveryId: string) => void;
}

/** What the call listens to while one is on. */
export interface CallFacts {
  readonly produced: (producer: RemoteProducer) => void;
  readonly changed: (producer: RemoteProducer) => void;
  readonly closed: (producerId: string) => void;
  readonly lost: () => void;
  readonly keysPassed: (step: CallKeyStep, agentId?: AgentId) => void;
}

const AGENT_TYPING_MS = 8_000;
const LINES_AGAIN_MS = 5_000;

export class EngagementSession {
  readonly entry: ReturnEntry;
  readonly connection = signal<ConnectionState>('connecting');
  readonly storage = signal<StorageState>('up');
  readonly calls = signal<CallAvailability>({ state: 'unavailable' });
  readonly engagement = signal<EngagementView | undefined>(undefined);
  readonly lines = signal<readonly ChatLine[]>([]);
  readonly unsent = signal<readonly UnsentLine[]>([]);
  readonly agentTyping = signal(false);
  /** Which agent typed last. */
  readonly typist = signal<AgentId | undefined>(undefined);
  /** A line of either side waits for the store that keeps this conversation. */
  readonly delayed = signal(false);
  /** The server's clock minus this machine's, for what ends at a time of the server's. */
  readonly skewMs = signal(0);
  /** The call that was in another tab, which is gone. */
  readonly desertedCall = signal<string | undefined>(undefined);
  /** Undone by the one who listens, when the call ends. */
  callFacts: CallFacts | undefined;
  readonly typing: TypingSignal;
  readonly #http: VisitorHttp;
  readonly #hooks: SessionHooks;
  readonly #log = new ChatLog();
  readonly #outbox: Outbox;
  readonly #signals: SignalConnection;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  #catchingUp = false;
  /** The highest number that was told of; lines up to it are there to be fetched. */
  #lastKnown = 0;
  #fetchAgain: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(entry: ReturnEntry, http: VisitorHttp, hooks: SessionHooks) {
    this.entry = entry;
    this.#http = http;
    this.#hooks = hooks;
    this.typing = new TypingSignal((typing) => unattended(this.command('chat:typing', { typing })));
    this.#outbox = new Outbox({
      send: (line) => this.#sendLine(line),
      onCommitted: (line) => this.#addLines([{ ...line, from: 'visitor' }]),
      onChanged: (lines) => {
        this.unsent.value = lines;
      },
      later: (failures, run) => {
        const timer = setTimeout(run, backOffMs(failures + 1, Math.random));
        return () => clearTimeout(timer);
      },
    });
    this.#signals = new SignalConnection({
      admission: () => this.#comeBack(),
      onState: (state) => this.#takeState(state),
      facts: this.#facts(),
    });
  }

  /** With what opening it brought, or with nothing, to come back. */
  open(opened?: Admission & { readonly firstLine: ChatLine }): void {
    if (opened !== undefined) this.#addLines([opened.firstLine]);
    this.#signals.open(opened);
  }

  command<K extends VisitorCommandName>(name: K, body: object): Promise<Reply<CommandValues[K]>> {
    return this.#signals.command(name, body);
  }

  say(text: string): void {
    this.typing.stop();
    this.#outbox.add(crypto.randomUUID() as LineId, text);
  }

  withdraw(lineId: LineId): void {
    this.#outbox.remove(lineId);
  }

  /** Milliseconds until a time of the server's, never less than none. */
  untilMs(serverTime: number): number {
    return Math.max(0, serverTime - (Date.now() + this.skewMs.value));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#typingEnds);
    clearTimeout(this.#fetchAgain);
    this.typing.stop();
    this.#outbox.close();
    this.#signals.close();
  }

  #takeState(state: ConnectionState): void {
    this.connection.value = state;
    if (state !== 'online') this.agentTyping.value = false;
  }

  #sendLine(line: { lineId: LineId; text: string }): Promise<Reply<ChatNumbered>> {
    return this.command('chat:send', line);
  }

  async #comeBack(): Promise<Admission | 'over' | undefined> {
    const answer = await this.#http.comeBack(this.entry);
    if (this.#closed) return 'over';
    if (!answer.ok) {
      const unknown = ['notAdmitted', 'notFound', 'expired'].includes(answer.failure);
      if (unknown) this.#hooks.onUnknown();
      return unknown ? 'over' : undefined;
    }
    const { ticket, liveUrl, surveyOpen, phase } = answer.value;
    if (phase === 'wrapUp' || phase === 'closed' || ticket === undefined || liveUrl === undefined) {
      this.#hooks.onEnded(surveyOpen);
      return 'over';
    }
    return { ticket, liveUrl };
  }

  #facts(): { [K in keyof VisitorFacts]: VisitorFacts[K] } {
    return {
      'session:opened': (fact) => this.#takeOpened(fact),
      'session:passed': () => undefined,
      'session:statusChanged': ({ calls, storage }) => {
        this.calls.value = calls;
        this.#takeStorage(storage);
      },
      'session:ended': ({ reason }) => this.#takeEnd(reason),
      'engagement:changed': ({ engagement, because }) => this.#takeView(engagement, because),
      'chat:said': ({ line }) => this.#takeLine(line),
      'chat:delayed': ({ delayed }) => {
        this.delayed.value = delayed;
      },
      'chat:typed': ({ party, agentId, typing }) => {
        this.typist.value = agentId;
        this.#takeTyping(party === 'agent' && typing);
      },
      'call:produced': ({ producer }) => this.callFacts?.produced(producer),
      'call:producerChanged': ({ producer }) => this.callFacts?.changed(producer),
      'call:producerClosed': ({ producerId }) => this.callFacts?.closed(producerId),
      'call:deserted': () => this.#takeDeserted(),
      'call:returned': () => {
        this.desertedCall.value = undefined;
      },
      'call:lost': () => this.callFacts?.lost(),
      'call:keysPassed': ({ step, agentId }) => this.callFacts?.keysPassed(step, agentId),
      'delivery:offered': (offer) => this.#hooks.onDelivery(offer),
      'delivery:answered': ({ deliveryId }) => this.#hooks.onDeliveryAnswered(deliveryId),
      'site:rulesChanged': () => this.#hooks.onRulesChanged(),
    };
  }

  #takeDeserted(): void {
    const call = this.engagement.peek()?.call;
    this.desertedCall.value = call?.state === 'on' ? call.callId : undefined;
  }

  #takeOpened(fact: Parameters<VisitorFacts['session:opened']>[0]): void {
    const known = this.engagement.value;
    batch(() => {
      this.skewMs.value = fact.now - Date.now();
      this.calls.value = fact.calls;
      this.storage.value = fact.storage;
      this.delayed.value = false;
      // A node that restarted counts its versions from what the ledger holds, which may be fewer.
      this.engagement.value = fact.engagement;
    });
    this.#hooks.onChanged('session:synchronised', known);
    this.#hooks.onRulesChanged();
    unattended(this.#outbox.flush());
    this.#catchUp();
    if (fact.engagement.ended !== undefined) this.#hooks.onEnded(undefined);
  }

  #takeStorage(storage: StorageState): void {
    const back = this.storage.value === 'down' && storage === 'up';
    this.storage.value = storage;
    if (!back) return;
    unattended(this.#outbox.flush());
    this.#catchUp();
  }

  #takeView(view: EngagementView, because: EngagementChange): void {
    const known = this.engagement.value;
    if (known !== undefined && view.version <= known.version) return;
    this.engagement.value = view;
    this.#hooks.onChanged(because, known);
    this.#catchUp();
    if (view.ended !== undefined) this.#hooks.onEnded(undefined);
  }

  #takeEnd(reason: EndReason | 'replaced' | 'shuttingDown'): void {
    // A node that stops, or a session that another took over, is no end: the connection comes back by itself.
    if (reason !== 'replaced' && reason !== 'shuttingDown') this.#hooks.onEnded(undefined);
  }

  #takeLine(line: ChatLine): void {
    this.#outbox.settle(line.lineId);
    this.#addLines([line]);
    if (line.from === 'agent') this.#takeTyping(false);
    this.#catchUp(line.number);
  }

  #takeTyping(typing: boolean): void {
    clearTimeout(this.#typingEnds);
    this.agentTyping.value = typing;
    // The end of it may be lost with a connection.
    if (typing) this.#typingEnds = setTimeout(() => this.#takeTyping(false), AGENT_TYPING_MS);
  }

  #addLines(lines: readonly ChatLine[]): void {
    const last = this.lines.value.at(-1)?.number ?? 0;
    if (!this.#log.add(lines)) return;
    this.lines.value = this.#log.sorted;
    const said = lines.findLast((line) => line.from === 'agent' && line.number > last);
    if (said !== undefined) this.#hooks.onAgentLine(said);
  }

  /** Fetches lines that were said while this page was not there to hear them. */
  #catchUp(last = this.engagement.value?.lastChatNumber ?? 0): void {
    this.#lastKnown = Math.max(this.#lastKnown, last);
    if (this.#catchingUp || this.#log.completeTo >= this.#lastKnown) return;
    this.#catchingUp = true;
    clearTimeout(this.#fetchAgain);
    unattended(this.#fetchLines());
  }

  async #fetchLines(): Promise<void> {
    const after = this.#log.completeTo;
    const answer = await this.#http.linesAfter(this.entry, after);
    this.#catchingUp = false;
    if (this.#closed) return;
    if (!answer.ok) {
      // Storage is down or the network is away.
      this.#fetchAgain = setTimeout(() => this.#catchUp(), LINES_AGAIN_MS);
      return;
    }
    for (const line of answer.value.lines) this.#outbox.settle(line.lineId);
    this.#addLines(answer.value.lines);
    // A page holds so many lines and no more; one that brought nothing on would be asked for without end.
    if (this.#log.completeTo > after) this.#catchUp();
  }
}
