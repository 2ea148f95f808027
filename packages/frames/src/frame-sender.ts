/** The visitor's end of the frames: epochs, joins and the ring on one side, the engine and the relay on the other. */

import type { AgentId, VisitorNote } from '@alongside/protocol';
import { frameLimits, readVisitorNote } from '@alongside/protocol';
import type { AgentMessage } from './agent-link.js';
import { AgentReception } from './agent-reception.js';
import type { ResumeRequest, StreamPosition } from './agent-request.js';
import type { AgentPeer } from './agent-roster.js';
import { AgentRoster } from './agent-roster.js';
import { ContinuityBook } from './continuity.js';
import type { ConnectionEnd } from './frame-connection.js';
import { FrameConnection } from './frame-connection.js';
import type { FrameSenderDeps, FrameSenderHooks, WatchingAgent } from './frame-sender-hooks.js';
import type { FrameSocket } from './frame-socket.js';
import type { PageAsset } from './page-asset.js';
import { PageStream } from './page-stream.js';
import { SnapshotPacer } from './snapshot-pacer.js';

/** An agent that asks for resends more often than this is given a snapshot instead, which is paced. */
const RESUMES = 4;
const RESUMES_WITHIN_MS = 10_000;

export class FrameSender {
  readonly #deps: FrameSenderDeps;
  readonly #hooks: FrameSenderHooks;
  readonly #book: ContinuityBook;
  readonly #roster: AgentRoster;
  readonly #pacer: SnapshotPacer;
  readonly #stream: PageStream;
  readonly #reception: AgentReception;
  #connection: FrameConnection<VisitorNote> | undefined;
  #admitted = false;
  #watched = false;
  #closed = false;

  constructor(deps: FrameSenderDeps, hooks: FrameSenderHooks) {
    this.#deps = deps;
    this.#hooks = hooks;
    this.#book = new ContinuityBook(deps.storage, deps.engagement);
    this.#roster = new AgentRoster(deps.clock, (peer) => this.#end([peer]));
    this.#pacer = new SnapshotPacer(deps.clock, () => hooks.onSnapshotWanted());
    this.#stream = new PageStream({
      engine: deps.engine,
      clock: deps.clock,
      mayWait: deps.mayWait,
      onTooLarge: () => this.resync(),
      onSealed: (frame) => hooks.onSealed?.(frame),
      onFault: (fault) => hooks.onFault(fault),
      onBroken: () => this.#break(),
    });
    this.#reception = new AgentReception({
      engine: deps.engine,
      roster: this.#roster,
      book: this.#book,
      stream: this.#stream,
      onIntroduced: (peer) => this.#tell(peer, 'introduced'),
      onMessage: (peer, message) => this.#act(peer, message),
      onFault: (fault) => hooks.onFault(fault),
      onBroken: () => this.#break(),
    });
  }

  /** How far the stream is sealed: the position an agent that has read everything reports. */
  get latest(): StreamPosition {
    return this.#stream.latest;
  }

  /** Whether events come faster than they leave: then gather them, one batch per animation frame. */
  get behind(): boolean {
    return this.#stream.behind;
  }

  /** Uses an open socket and its one-time pass; a connection that is there is given up. */
  attach(socket: FrameSocket, pass: string): void {
    if (this.#closed) {
      socket.close();
      return;
    }
    this.#connection?.close();
    this.#hooks.onState({ state: 'connecting' });
    const connection: FrameConnection<VisitorNote> = new FrameConnection(
      socket,
      { pass, clock: this.#deps.clock },
      {
        readNote: readVisitorNote,
        onNote: (note) => this.#takeNote(note, connection),
        onFrame: (header, frame) => this.#reception.take(header, frame),
        onRefused: (fault) => this.#hooks.onFault(fault),
        onEnd: (end) => this.#disconnect(end),
      },
    );
    this.#connection = connection;
  }

  /** Lets the connection go as if it were lost: whoever watched takes up again where they were. */
  detach(): void {
    this.#connection?.close();
  }

  /** Sends a batch of events to everybody who watches; without anybody it is dropped. */
  send(events: readonly unknown[]): void {
    this.#stream.send(events);
    if (this.#stream.spent) this.#switchEpoch([]);
  }

  /**
   * Takes a full snapshot of this very moment: everything sent before belongs to the epoch before it. True
   * when somebody was waiting for it; otherwise nothing happens. `json` is the same as text, where it is there already.
   */
  snapshot(events: readonly unknown[], json?: string): boolean {
    const waiting = this.#roster.peers().filter((peer) => peer.wantsSnapshot);
    if (!this.#pacer.asked || waiting.length === 0) {
      this.#pacer.withdraw();
      return false;
    }
    this.#pacer.taken();
    this.#switchEpoch(waiting);
    const slots = waiting.map((peer) => peer.slot);
    const sealed = this.#deps.engine.sealSnapshot(slots, json ?? JSON.stringify(events));
    this.#stream.put(sealed, () => {
      for (const slot of slots) this.#hooks.onTooLarge?.(slot);
    });
    for (const peer of waiting) this.#tell(peer, 'watching');
    return true;
  }

  /**
   * Asks for a fresh snapshot for everybody, after the stream lost an event that it cannot do without; urgently
   * when what they see may not be shown any more.
   */
  resync(how: { readonly urgent: boolean } = { urgent: false }): void {
    for (const peer of this.#roster.peers()) {
      if (peer.stage === 'watching') this.#wantSnapshot(peer, how);
    }
    this.#roster.letAbsentStartAnew();
  }

  /** Tells an agent what became of its intent. */
  answer(slot: number, body: unknown): void {
    if (this.#roster.peer(slot)?.stage === 'watching') {
      this.#stream.put(this.#deps.engine.sealAnswer(slot, JSON.stringify(body)));
    }
  }

  sendAsset(slot: number, asset: PageAsset): void {
    if (this.#roster.peer(slot)?.stage === 'watching') {
      this.#stream.put(this.#deps.engine.sealAsset(slot, asset));
    }
  }

  /**
   * For how long an agent that saw this position has been missing something: 0 when it has seen everything,
   * undefined when the position is not of this page load or too old to know.
   */
  viewAgeMs(seen: StreamPosition): number | undefined {
    return this.#stream.viewAgeMs(seen);
  }

  /** Ends for good. `ended` says that the engagement is over, so that nothing is kept for a next page. */
  close(how: { readonly ended: boolean }): void {
    if (this.#closed) return;
    this.#closed = true;
    if (how.ended) this.#book.forget();
    this.#pacer.close();
    this.#connection?.close();
    this.#roster.close();
    this.#stream.stop();
    this.#updateWatched();
    // An engine that is already gone has nothing left to forget.
    this.#deps.engine.close().catch(() => undefined);
  }

  #takeNote(note: VisitorNote, connection: FrameConnection<VisitorNote>): void {
    if (connection !== this.#connection) return;
    if ('admitted' in note) {
      this.#admit(connection);
    } else if (!this.#admitted) {
      this.#hooks.onFault('wrongStep');
    } else if ('behind' in note) {
      const peer = this.#roster.peer(note.behind.slot);
      if (peer?.stage === 'watching') this.#wantSnapshot(peer);
    } else if (note.peer.present) {
      this.#greet(note.peer.slot, note.peer.agent);
    } else if (note.peer.away === true) {
      this.#goAway(note.peer.slot);
    } else {
      this.#leave(note.peer.slot, note.peer.agent);
    }
  }

  /** On a new connection the relay knows no sequence, so the stream goes on under a new epoch. */
  #admit(connection: FrameConnection<VisitorNote>): void {
    this.#admitted = true;
    this.#stream.connect(connection);
    if (this.#stream.flowing) this.#switchEpoch([]);
    this.#hooks.onState({ state: 'open' });
  }

  #disconnect(end: ConnectionEnd): void {
    this.#admitted = false;
    this.#connection = undefined;
    this.#stream.disconnect();
    for (const peer of this.#roster.peers()) this.#goAway(peer.slot);
    this.#hooks.onState({ state: 'ended', end });
  }

  #greet(slot: number, agent: AgentId): void {
    if (this.#roster.peer(slot) !== undefined) this.#goAway(slot);
    this.#reception.greet(this.#roster.arrive(slot, agent));
  }

  #goAway(slot: number): void {
    const peer = this.#roster.peer(slot);
    if (peer === undefined) return;
    this.#roster.goAway(peer);
    this.#drop(slot);
    this.#tell(peer, 'away');
    this.#updateWatched();
  }

  #leave(slot: number, agent: AgentId): void {
    this.#drop(slot);
    this.#end(this.#roster.leave(slot, agent));
  }

  /** Whoever has left or lost a permission must not read on: the key changes for everybody else. */
  #end(left: readonly AgentPeer[]): void {
    for (const peer of left) this.#tell(peer, 'left');
    this.#updateWatched();
    const held = left.some((peer) => peer.stage === 'watching');
    if (held && this.#stream.flowing) this.#switchEpoch([]);
  }

  #act(peer: AgentPeer, message: AgentMessage): void {
    const { slot, agent } = peer;
    switch (message.kind) {
      case 'key':
        return;
      case 'resume':
        if (!this.#isAnswered(peer, message)) this.#resume(peer, message.from);
        return;
      case 'want':
        this.#hooks.onWant({ slot, hashes: message.hashes });
        return;
      case 'intent': {
        const { kind: _, ...intent } = message;
        this.#hooks.onIntent({ slot, agent, ...intent });
      }
    }
  }

  /**
   * Whether it was asked before the snapshot came that answers it: the two have crossed. Only for a while, since an
   * agent that asks again later may never have got it.
   */
  #isAnswered(peer: AgentPeer, { known }: ResumeRequest): boolean {
    if (known === undefined || known >= peer.sinceEpoch) return false;
    return this.#deps.clock.now() - peer.shownAtMs < frameLimits.resumeMs;
  }

  /** The ring closes the gap when the agent may have all of it and it is all there; else a snapshot does. */
  #resume(peer: AgentPeer, from: StreamPosition | undefined): void {
    const sinceEpoch = from && this.#roster.takeUp(peer);
    const now = this.#deps.clock.now();
    const recent = peer.resumedAtMs.filter((atMs) => now - atMs < RESUMES_WITHIN_MS);
    const often = recent.length >= RESUMES;
    peer.resumedAtMs = [...recent, now].slice(-RESUMES);
    const mayHave = sinceEpoch !== undefined && from !== undefined && from.epoch >= sinceEpoch;
    if (!mayHave || often || !this.#stream.holds(from)) {
      this.#roster.startAnew(peer);
      this.#wantSnapshot(peer);
      return;
    }
    peer.sinceEpoch = sinceEpoch;
    if (peer.stage !== 'watching') {
      peer.stage = 'watching';
      this.#tell(peer, 'watching');
    }
    this.#stream.resume(peer.slot, from, () => this.#wantSnapshot(peer));
    this.#stream.pulse();
    this.#updateWatched();
  }

  #wantSnapshot(peer: AgentPeer, how: { readonly urgent: boolean } = { urgent: false }): void {
    peer.wantsSnapshot = true;
    this.#updateWatched();
    this.#pacer.request(how);
  }

  /** Everything put from now on belongs to the new epoch, which those who watch get without a snapshot. */
  #switchEpoch(joining: readonly AgentPeer[]): void {
    const epoch = this.#stream.begin();
    for (const peer of joining) {
      peer.stage = 'watching';
      peer.wantsSnapshot = false;
      peer.sinceEpoch = epoch;
      peer.shownAtMs = this.#deps.clock.now();
    }
    for (const peer of this.#roster.peers()) {
      if (peer.stage === 'watching') this.#stream.grant(peer.slot, epoch, joining.includes(peer));
    }
  }

  #drop(slot: number): void {
    this.#deps.engine.drop(slot).catch(() => this.#break());
  }

  /** Nobody is told of an agent who never got as far as a code. */
  #tell(peer: AgentPeer, state: WatchingAgent['state']): void {
    if (peer.code === '') return;
    const { slot, agent, code, continuity } = peer;
    this.#hooks.onAgent({ slot, agent, state, code, continuity });
  }

  #updateWatched(): void {
    const watched = !this.#closed && this.#roster.watched;
    if (watched === this.#watched) return;
    this.#watched = watched;
    if (!watched) this.#stream.stop();
    this.#hooks.onWatched(watched);
  }

  #break(): void {
    if (this.#closed) return;
    this.close({ ended: false });
    this.#hooks.onState({ state: 'broken' });
  }
}
