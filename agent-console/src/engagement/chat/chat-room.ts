/** Chat of one engagement: sends what waits, fetches what is missing, and says who is typing. */

import type { AgentId, AgentLines, ChatLine, EngagementId, LineId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { Result } from '../../app/failure.js';
import { Store } from '../../app/store.js';
import type { LiveConnection } from '../../live/live-connection.js';
import type { ChatLog } from './chat-log.js';
import {
  addLines,
  addPending,
  completeUpTo,
  discard,
  emptyLog,
  hasGap,
  markFailed,
  markSending,
  markSent,
  nextToSend,
} from './chat-log.js';

export interface ChatRoomDeps {
  readonly engagementId: EngagementId;
  readonly live: Pick<LiveConnection, 'send'>;
  readonly fetchLines: (after: number) => Promise<Result<AgentLines>>;
}

/** While lines wait for the network or for storage, they are tried again this often. */
const RETRY_MS = 2_000;
/** Somebody who has not typed for so long is no longer typing. */
const TYPING_MS = 4_000;

export class ChatRoom {
  readonly log = new Store<ChatLog>(emptyLog);
  readonly visitorTyping = new Store(false);
  /** Which of the other agents types. */
  readonly colleagueTyping = new Store<AgentId | undefined>(undefined);
  /** A line of either side waits for the customer's own store. */
  readonly delayed = new Store(false);
  /** What is being written; it stays in this window's memory while another engagement is on the screen. */
  readonly draft = new Store('');
  readonly history = new Store<'loading' | 'loaded' | 'failed'>('loading');
  readonly #deps: ChatRoomDeps;
  #lastKnown = 0;
  #fetching = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** When the other side was last told that somebody types; 0 once it knows that nobody does. */
  #typingToldAt = 0;
  #stillTyping: ReturnType<typeof setTimeout> | undefined;
  #visitorStops: ReturnType<typeof setTimeout> | undefined;
  #colleagueStops: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(deps: ChatRoomDeps) {
    this.#deps = deps;
  }

  /** Sends the draft, without the space around it, and begins a new one. */
  sayDraft(): void {
    const text = this.draft.value.trim();
    if (text === '' || this.draft.value.length > limits.chatLineLength) return;
    this.draft.set('');
    this.say(text);
  }

  say(text: string): void {
    const lineId = crypto.randomUUID() as LineId;
    this.log.update((log) => addPending(log, { lineId, text }));
    this.typed('');
    void this.#sendNext();
  }

  /** Sends a refused line once more, or gives it up. */
  resend(lineId: LineId): void {
    this.log.update((log) => markFailed(log, lineId, { code: 'unreachable' }));
    void this.#sendNext();
  }

  discard(lineId: LineId): void {
    this.log.update((log) => discard(log, lineId));
    void this.#sendNext();
  }

  said(line: ChatLine): void {
    this.log.update((log) => addLines(log, [line]));
    if (line.from === 'visitor') this.visitorTyping.set(false);
    else this.colleagueTyped(undefined);
    this.expectUpTo(line.number);
  }

  /** There are lines up to this number; whatever is missing is fetched. */
  expectUpTo(number: number): void {
    this.#lastKnown = Math.max(this.#lastKnown, number);
    if (hasGap(this.log.value, this.#lastKnown)) void this.#fetch();
    else if (this.history.value !== 'loaded') this.history.set('loaded');
  }

  /** The connection or storage is back. */
  hurry(): void {
    if (hasGap(this.log.value, this.#lastKnown)) void this.#fetch();
    void this.#sendNext();
  }

  /** The draft has changed: the other side learns that somebody types, and nothing of what. */
  typed(draft: string): void {
    clearTimeout(this.#stillTyping);
    const isTyping = draft.trim() !== '';
    if (isTyping) this.#stillTyping = setTimeout(() => this.typed(''), TYPING_MS);
    const isFresh = Date.now() - this.#typingToldAt < TYPING_MS - 1000;
    if (isTyping ? isFresh : this.#typingToldAt === 0) return;
    this.#typingToldAt = isTyping ? Date.now() : 0;
    const { engagementId, live } = this.#deps;
    void live.send('chat:typing', { engagementId, typing: isTyping });
  }

  visitorTyped(typing: boolean): void {
    clearTimeout(this.#visitorStops);
    this.visitorTyping.set(typing);
    if (typing) this.#visitorStops = setTimeout(() => this.visitorTyping.set(false), TYPING_MS * 2);
  }

  colleagueTyped(agentId: AgentId | undefined): void {
    clearTimeout(this.#colleagueStops);
    this.colleagueTyping.set(agentId);
    if (agentId !== undefined)
      this.#colleagueStops = setTimeout(() => this.colleagueTyping.set(undefined), TYPING_MS * 2);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#colleagueStops);
    clearTimeout(this.#retry);
    clearTimeout(this.#stillTyping);
    clearTimeout(this.#visitorStops);
  }

  async #sendNext(): Promise<void> {
    const next = nextToSend(this.log.value);
    if (next === undefined || this.#closed) return;
    const { lineId, text } = next;
    const { engagementId, live } = this.#deps;
    this.log.update((log) => markSending(log, lineId));
    const sent = await live.send('chat:send', { engagementId, lineId, text });
    if (this.#closed) return;
    this.log.update((log) =>
      sent.ok ? markSent(log, lineId, sent.value) : markFailed(log, lineId, sent.failure),
    );
    if (sent.ok) this.expectUpTo(sent.value.number);
    const isWaiting = this.log.value.pending.some(
      (line) => line.lineId === lineId && line.state === 'waiting',
    );
    clearTimeout(this.#retry);
    if (isWaiting) this.#retry = setTimeout(() => void this.#sendNext(), RETRY_MS);
    else void this.#sendNext();
  }

  async #fetch(): Promise<void> {
    if (this.#fetching || this.#closed) return;
    this.#fetching = true;
    const fetched = await this.#deps.fetchLines(completeUpTo(this.log.value));
    this.#fetching = false;
    if (this.#closed) return;
    if (fetched.ok) {
      this.log.update((log) => addLines(log, fetched.value.lines));
      this.history.set('loaded');
    } else if (this.history.value !== 'loaded') this.history.set('failed');
    if (hasGap(this.log.value, this.#lastKnown)) setTimeout(() => void this.#fetch(), RETRY_MS);
  }
}
