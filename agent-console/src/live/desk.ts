/** What one agent's console knows of the desk: the queue, colleagues, own engagements and how the service stands. */

import type {
  AgentId,
  AgentLines,
  AgentTicketIssued,
  CallAvailability,
  DeskView,
  EngagementId,
  EngagementView,
  JoinedRole,
  StorageState,
} from '@alongside/protocol';
import type { Failure, Result } from '../app/failure.js';
import { Store } from '../app/store.js';
import { AgentDevices } from '../engagement/call/agent-devices.js';
import { EngagementRoom } from '../engagement/engagement-room.js';
import type { Api } from '../session/api.js';
import { LiveConnection } from './live-connection.js';
import { ServerClock } from './server-clock.js';

export interface ServiceStatus {
  readonly calls: CallAvailability;
  readonly storage: StorageState;
}

export type Notice =
  | { readonly kind: 'waiting'; readonly siteName: string; readonly topic: string | undefined }
  | { readonly kind: 'removed'; readonly id: EngagementId; readonly taken: boolean }
  /** The visitor was asked whether this agent may see it where they work. */
  | { readonly kind: 'answered'; readonly id: EngagementId; readonly how: 'in' | 'refused' | 'agreed' };

/** No failure yet: the visitor has the question before them. */
export function isBeingAsked({ code, detail }: Failure): boolean {
  return code === 'consentMissing' && detail === 'transfer';
}

export class Desk {
  readonly view = new Store<DeskView>({ queue: [], running: [], agents: [] });
  readonly available = new Store(false);
  readonly status = new Store<ServiceStatus>({ calls: { state: 'ready' }, storage: 'up' });
  /** The engagements that are this agent's, by id. */
  readonly rooms = new Store<ReadonlyMap<string, EngagementRoom>>(new Map());
  readonly notice = new Store<Notice | undefined>(undefined);
  /** Whether the visitor is being asked if this agent may see it where they work, and what they have said last. */
  readonly asking = new Store<'asked' | 'refused' | 'agreed' | undefined>(undefined);
  /** Whether the desk has been heard of at all: before that, "nobody waits" would be a guess. */
  readonly filled = new Store(false);
  readonly live: LiveConnection;
  readonly clock = new ServerClock();
  readonly devices = new AgentDevices();
  readonly me: AgentId;
  readonly #api: Api;
  #wantsAvailable: boolean | undefined;
  /** What is tried again when the visitor has agreed that this agent sees it. */
  readonly #asked = new Map<EngagementId, () => Promise<Result<unknown>>>();

  constructor(api: Api, me: AgentId) {
    this.#api = api;
    this.me = me;
    this.live = new LiveConnection(() => api.post<AgentTicketIssued>('/ticket', {}), {
      'session:opened': (fact) => {
        this.clock.set(fact.now);
        this.status.set({ calls: fact.calls, storage: fact.storage });
        this.#setDesk(fact.desk, false);
        this.#synchronise(fact.engagements);
        this.available.set(fact.available);
        this.filled.set(true);
        this.#restoreAvailability(fact.available);
      },
      'session:statusChanged': (fact) => {
        this.status.set({ calls: fact.calls, storage: fact.storage });
        if (fact.storage === 'up') this.#eachRoom((room) => room.chat.hurry());
        if (fact.calls.state === 'ready') this.#eachRoom((room) => room.call.callsReady());
      },
      'desk:changed': ({ desk }) => this.#setDesk(desk, true),
      'engagement:changed': ({ engagement, because }) => this.#changed(engagement, because),
      'engagement:removed': ({ engagementId, reason }) => this.#removed(engagementId, reason === 'taken'),
      'chat:said': ({ engagementId, line }) => this.room(engagementId)?.chat.said(line),
      'transfer:answered': ({ engagementId, granted }) => this.#answered(engagementId, granted),
      'delivery:answered': ({ engagementId, ...answer }) =>
        this.room(engagementId)?.deliveries.answered(answer),
      'chat:delayed': ({ engagementId, delayed }) => this.room(engagementId)?.chat.delayed.set(delayed),
      'chat:typed': ({ engagementId, party, agentId, typing }) => {
        if (party === 'visitor') this.room(engagementId)?.chat.visitorTyped(typing);
        else this.room(engagementId)?.chat.colleagueTyped(typing ? agentId : undefined);
      },
      'call:produced': ({ engagementId, producer }) => this.room(engagementId)?.call.produced(producer),
      'call:producerChanged': ({ engagementId, producer }) =>
        this.room(engagementId)?.call.producerChanged(producer),
      'call:producerClosed': ({ engagementId, producerId }) =>
        this.room(engagementId)?.call.producerClosed(producerId),
      'call:measured': ({ engagementId, measured }) =>
        this.room(engagementId)?.call.visitorMeasured(measured),
      'call:keysPassed': ({ engagementId, step }) => this.room(engagementId)?.call.keysPassed(step),
      'call:flooded': ({ engagementId, agentId }) =>
        this.room(engagementId)?.call.flooded(agentId ?? 'visitor'),
      'call:deserted': ({ engagementId }) => this.room(engagementId)?.call.deserted(),
      'call:lost': ({ engagementId }) => this.room(engagementId)?.call.lost(),
    });
  }

  start(): void {
    this.live.start();
  }

  close(): void {
    this.live.stop();
    this.#eachRoom((room) => room.close());
  }

  room(id: string): EngagementRoom | undefined {
    return this.rooms.value.get(id);
  }

  async setAvailable(available: boolean): Promise<Result<unknown>> {
    const done = await this.live.send('desk:available', { available });
    if (done.ok) {
      this.#wantsAvailable = available;
      this.available.set(available);
    }
    return done;
  }

  async accept(engagementId: EngagementId): Promise<Result<EngagementView>> {
    const accepted = await this.live.send('engagement:accept', { engagementId });
    if (accepted.ok) this.#changed(accepted.value, 'engagement:accepted');
    return this.#noting(engagementId, accepted, () => this.accept(engagementId));
  }

  /** To take part in what a colleague leads. */
  async join(engagementId: EngagementId, as: JoinedRole): Promise<Result<EngagementView>> {
    const joined = await this.live.send('engagement:join', { engagementId, as });
    if (joined.ok) this.#changed(joined.value, 'agent:joined');
    return this.#noting(engagementId, joined, () => this.join(engagementId, as));
  }

  /** The others go on. */
  async leave(engagementId: EngagementId): Promise<Result<unknown>> {
    const done = await this.live.send('engagement:leave', { engagementId });
    if (done.ok) this.#drop(engagementId);
    return done;
  }

  /** The wrap-up is done: the engagement leaves the rail. */
  async finish(engagementId: EngagementId): Promise<Result<unknown>> {
    const done = await this.live.send('engagement:close', { engagementId });
    if (done.ok) this.#drop(engagementId);
    return done;
  }

  #noting<T>(id: EngagementId, result: Result<T>, again: () => Promise<Result<unknown>>): Result<T> {
    const isAsked = !result.ok && isBeingAsked(result.failure);
    if (isAsked) this.#asked.set(id, again);
    else this.#asked.delete(id);
    this.asking.set(isAsked ? 'asked' : undefined);
    return result;
  }

  #answered(id: EngagementId, granted: boolean): void {
    const again = this.#asked.get(id);
    this.#asked.delete(id);
    // Another window of the same person asked.
    if (again === undefined) return;
    const tell = (how: 'in' | 'refused' | 'agreed'): void => {
      this.asking.set(how === 'in' ? undefined : how);
      this.notice.set({ kind: 'answered', id, how });
    };
    // Storage or the network may be away for a moment: the yes stands, and coming in is tried by a press.
    if (granted) void again().then(({ ok }) => tell(ok ? 'in' : 'agreed'));
    else tell('refused');
  }

  dismissNotice(): void {
    this.notice.set(undefined);
  }

  /** A node that started anew has forgotten who was available; the person has not. */
  #restoreAvailability(available: boolean): void {
    const wanted = this.#wantsAvailable ?? available;
    this.#wantsAvailable = wanted;
    if (wanted !== available) void this.setAvailable(wanted);
  }

  #setDesk(desk: DeskView, tell: boolean): void {
    const known = new Set(this.view.value.queue.map((entry) => entry.engagementId));
    const added = desk.queue.find((entry) => !known.has(entry.engagementId));
    this.view.set(desk);
    const mine = desk.agents.find((agent) => agent.agentId === this.me);
    if (mine !== undefined && tell) {
      // Another window of the same person may have changed it.
      this.#wantsAvailable = mine.available;
      this.available.set(mine.available);
    }
    if (tell && added !== undefined) {
      this.notice.set({ kind: 'waiting', siteName: added.siteName, topic: added.topic });
    }
  }

  /** After a reconnection the server's list rules: what it lacks is ours no longer. */
  #synchronise(engagements: readonly EngagementView[]): void {
    const ids = new Set<string>(engagements.map((each) => each.engagementId));
    for (const id of this.rooms.value.keys()) if (!ids.has(id)) this.#drop(id);
    for (const each of engagements) {
      this.#changed(each, 'session:synchronised');
      this.room(each.engagementId)?.reconnected();
    }
  }

  #changed(view: EngagementView, because: Parameters<EngagementRoom['changed']>[1]): void {
    const known = this.room(view.engagementId);
    if (known !== undefined) known.changed(view, because);
    else if (view.agents.some(({ agentId }) => agentId === this.me) && view.phase !== 'closed') {
      const room = new EngagementRoom(view, {
        live: this.live,
        clock: this.clock,
        me: this.me,
        devices: this.devices,
        fetchLines: this.#linesOf(view.engagementId),
      });
      this.rooms.update((rooms) => new Map(rooms).set(view.engagementId, room));
    }
    if (view.phase === 'closed') this.#drop(view.engagementId);
  }

  #linesOf(id: EngagementId): (after: number) => Promise<Result<AgentLines>> {
    return (after) => this.#api.get<AgentLines>(`/engagements/${id}/lines?after=${after}`);
  }

  #removed(id: EngagementId, taken: boolean): void {
    if (this.room(id) === undefined) return;
    this.#drop(id);
    this.notice.set({ kind: 'removed', id, taken });
  }

  #drop(id: string): void {
    const room = this.room(id);
    if (room === undefined) return;
    room.close();
    this.rooms.update((rooms) => new Map([...rooms].filter(([each]) => each !== id)));
  }

  #eachRoom(act: (room: EngagementRoom) => void): void {
    for (const room of this.rooms.value.values()) act(room);
  }
}
