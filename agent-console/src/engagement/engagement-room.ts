/** One engagement as its agent has it: the state the server tells, chat, and the call. The player is the screen's. */

import { type CallNews, callNewsOf, callRoleOf } from '@alongside/engagement';
import type { AgentId, AgentLines, EngagementChange, EngagementView } from '@alongside/protocol';
import type { Result } from '../app/failure.js';
import { Store } from '../app/store.js';
import type { AgentCommandBody, LiveConnection } from '../live/live-connection.js';
import type { AgentDevices } from './call/agent-devices.js';
import { CallClient } from './call/call-client.js';
import { ChatRoom } from './chat/chat-room.js';
import { kindsWithView } from './control/lease.js';
import { DeliveryLog } from './delivery/delivery-log.js';
import { VisitorTrip } from './player/visitor-trip.js';
import type { RoomNews } from './room-news.js';
import { roomNewsOf } from './room-news.js';

export interface RoomDeps {
  readonly live: LiveConnection;
  readonly clock: { now(): number };
  readonly me: AgentId;
  readonly devices?: AgentDevices;
  readonly fetchLines: (after: number) => Promise<Result<AgentLines>>;
}

/** Commands that carry nothing but the engagement. */
type PlainCommand =
  | 'engagement:end'
  | 'engagement:keepLead'
  | 'view:cancel'
  | 'control:cancel'
  | 'call:cancel'
  | 'call:leave';

export class EngagementRoom {
  readonly view: Store<EngagementView>;
  /** Why the view last changed, for announcements. */
  readonly because = new Store<EngagementChange>('session:synchronised');
  /** What became of the last call, or question for one, until there is another. */
  readonly callNews = new Store<CallNews | undefined>(undefined);
  /** What became of the visitor's last answer or gift, until something is asked for again. */
  readonly news = new Store<{ readonly kind: RoomNews } | undefined>(undefined);
  /** It was not on the screen yet. */
  readonly newsUnseen = new Store(false);
  /** Lines of the visitor that were not on the screen yet. */
  readonly unread = new Store(0);
  readonly chat: ChatRoom;
  readonly call: CallClient;
  readonly deliveries: DeliveryLog;
  readonly trip: VisitorTrip;
  readonly live: LiveConnection;
  readonly #stopCounting: () => void;
  readonly #me: AgentId;
  readonly #clock: RoomDeps['clock'];
  readonly #givenBack = new Set<number>();
  #isOnScreen = false;
  #lastRead = 0;

  constructor(view: EngagementView, deps: RoomDeps) {
    const { engagementId } = view;
    this.live = deps.live;
    this.#me = deps.me;
    this.#clock = deps.clock;
    this.view = new Store(view);
    this.chat = new ChatRoom({ engagementId, ...deps });
    this.call = new CallClient({ engagementId, ...deps });
    // Of several agents the lead asks: one question is enough.
    const ask = (): void => {
      if (this.view.value.agent?.agentId === deps.me) void this.askView();
    };
    this.trip = new VisitorTrip({ clock: deps.clock, ask });
    this.deliveries = new DeliveryLog(engagementId, deps.live);
    this.#stopCounting = this.chat.log.subscribe(() => this.#count());
    this.chat.expectUpTo(view.lastChatNumber);
    this.call.follow(view.call, callRoleOf(deps.me, view));
  }

  get id(): EngagementView['engagementId'] {
    return this.view.value.engagementId;
  }

  changed(view: EngagementView, because: EngagementChange): void {
    // Facts may overtake each other across a reconnection; the older one is dropped.
    if (view.version < this.view.value.version) return;
    const turn = { before: this.view.value.call, now: view.call, because };
    if (turn.before.state !== turn.now.state) this.callNews.set(callNewsOf('agent', turn, this.#clock.now()));
    this.#tell(view, because);
    this.view.set(view);
    this.because.set(because);
    this.chat.expectUpTo(view.lastChatNumber);
    this.call.follow(view.call, callRoleOf(this.#me, view));
    this.trip.changed(view);
  }

  reconnected(): void {
    this.chat.hurry();
    this.call.reconnected();
  }

  setOnScreen(isOnScreen: boolean): void {
    this.#isOnScreen = isOnScreen;
    if (isOnScreen) this.newsUnseen.set(false);
    this.#count();
  }

  askView(): Promise<Result<unknown>> {
    return this.live.send('view:ask', { engagementId: this.id, kinds: [...kindsWithView] });
  }

  giveBack(lease: number): Promise<Result<unknown>> {
    this.#givenBack.add(lease);
    return this.live.send('control:end', { engagementId: this.id, lease });
  }

  plain(name: PlainCommand): Promise<Result<unknown>> {
    return this.live.send(name, { engagementId: this.id } as AgentCommandBody<PlainCommand>);
  }

  close(): void {
    this.#stopCounting();
    this.chat.close();
    this.call.close();
  }

  #tell(view: EngagementView, because: EngagementChange): void {
    const turn = { before: this.view.value, now: view, because };
    const reader = { me: this.#me, nowMs: this.#clock.now(), givenBack: this.#givenBack };
    const kind = roomNewsOf(turn, reader);
    if (because === 'view:asked' || because === 'control:asked') this.news.set(undefined);
    if (kind === undefined) return;
    this.news.set({ kind });
    this.newsUnseen.set(!this.#isOnScreen);
  }

  #count(): void {
    const { lines } = this.chat.log.value;
    if (this.#isOnScreen) this.#lastRead = lines.at(-1)?.number ?? this.#lastRead;
    this.unread.set(lines.filter((line) => line.from === 'visitor' && line.number > this.#lastRead).length);
  }
}
