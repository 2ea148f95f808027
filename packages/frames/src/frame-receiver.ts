/** The agent's end of the frames: it agrees on keys, reads the stream in order, and sends intents back. */

import type { AgentNote, FrameHeader } from '@alongside/protocol';
import { frameLimits, readAgentNote } from '@alongside/protocol';
import { Acknowledger } from './acknowledger.js';
import type { AgentIntroduction } from './agent-agreement.js';
import { AgentOutlet } from './agent-outlet.js';
import type { StreamPosition } from './agent-request.js';
import type { AgentSealer, OutgoingIntent } from './agent-sealer.js';
import type { Bytes } from './bytes.js';
import { toBase64url } from './bytes.js';
import { ContinuityBook } from './continuity.js';
import type { DirectMessage } from './direct-inbox.js';
import { DirectInbox } from './direct-inbox.js';
import { FrameConnection } from './frame-connection.js';
import type { Outcome } from './frame-fault.js';
import { faulty } from './frame-fault.js';
import type { FrameReceiverDeps, FrameReceiverHooks, ReceiverState } from './frame-receiver-hooks.js';
import type { FrameSocket } from './frame-socket.js';
import { createKeyPair } from './key-agreement.js';
import { PulseWatch } from './stream-pulse.js';
import { StreamReader } from './stream-reader.js';
import { VisitorLink } from './visitor-link.js';

/** Everything that lives as long as one admitted connection. */
interface Admitted {
  readonly connection: FrameConnection<AgentNote>;
  readonly link: VisitorLink;
  readonly acks: Acknowledger;
  readonly inbox: DirectInbox;
  readonly outlet: AgentOutlet;
}

export class FrameReceiver {
  readonly #deps: FrameReceiverDeps;
  readonly #hooks: FrameReceiverHooks;
  readonly #book: ContinuityBook;
  readonly #pair = createKeyPair();
  readonly #reader: StreamReader;
  readonly #pulse: PulseWatch;
  #connection: FrameConnection<AgentNote> | undefined;
  #admitted: Admitted | undefined;
  /** Names the visitor's page load whose stream is being read. */
  #visitorKey = '';
  #visitorPresent = false;
  #untrusted = false;
  /** The newest whole page that came could not be read. */
  #unreadable = false;
  /** The epoch of which the relay sends us nothing more. */
  #cutEpoch: number | undefined;
  /** Numbers this side's own keys; each number is used once in the life of this object. */
  #ownEpoch = 0;
  #state: ReceiverState['state'] | undefined;
  #incoming: Promise<void> = Promise.resolve();
  #cancelGap: (() => void) | undefined;
  #closed = false;

  constructor(deps: FrameReceiverDeps, hooks: FrameReceiverHooks) {
    this.#deps = deps;
    this.#hooks = hooks;
    this.#book = new ContinuityBook(deps.storage, deps.engagement);
    this.#reader = new StreamReader({
      onEvents: (events, position) => hooks.onEvents(events, position),
      onGap: (from) => this.#ask(from),
      onFault: (fault) => hooks.onFault(fault),
      onRead: () => this.#noteRead(),
    });
    this.#pulse = new PulseWatch(deps.clock, () => this.#doubt());
  }

  /** Everything before this has been yielded: what an intent gives as seen. */
  get position(): StreamPosition | undefined {
    return this.#reader.position;
  }

  /** Uses an open socket and its one-time pass; a connection that is there is given up. */
  attach(socket: FrameSocket, pass: string): void {
    if (this.#closed) {
      socket.close();
      return;
    }
    this.#connection?.close();
    this.#setState({ state: 'connecting' });
    const { clock } = this.#deps;
    const connection: FrameConnection<AgentNote> = new FrameConnection(
      socket,
      { pass, clock },
      {
        readNote: readAgentNote,
        onNote: (note) => this.#takeNote(note, connection),
        onFrame: (header, frame) => this.#queueFrame(header, frame),
        onRefused: (fault, byteLength) => {
          this.#hooks.onFault(fault);
          this.#admitted?.acks.consumed(byteLength);
        },
        onEnd: (end) => {
          this.#disconnect();
          this.#setState({ state: 'ended', end });
        },
      },
    );
    this.#connection = connection;
  }

  /** Seals and sends an intent; resolves when it is on its way, with the name it has in an answer. */
  async sendIntent(intent: OutgoingIntent): Promise<Outcome<StreamPosition>> {
    return this.#send((sealer) => sealer.intent(intent));
  }

  /** Asks for assets by their hash. */
  async want(hashes: readonly string[]): Promise<Outcome<StreamPosition>> {
    return this.#send((sealer) => sealer.want(hashes));
  }

  /** The machine has slept: nothing that is shown counts for new until the page is heard of again. */
  slept(): void {
    this.#pulse.slept();
  }

  /** Ends for good. `ended` says that the engagement is over, so that nothing is kept for a next page. */
  close(how: { readonly ended: boolean }): void {
    if (this.#closed) return;
    this.#closed = true;
    if (how.ended) this.#book.forget();
    this.#connection?.close();
    this.#pulse.stop();
    this.#reader.reset();
  }

  #takeNote(note: AgentNote, connection: FrameConnection<AgentNote>): void {
    if (connection !== this.#connection) return;
    if ('admitted' in note) {
      if (note.admitted.role === 'agent') this.#admit(note.admitted.slot, connection);
      else connection.close();
    } else if ('peer' in note) {
      this.#visitorPresent = note.peer.present;
      if (!note.peer.present) this.#pulse.stop();
      this.#updateState();
    } else if ('refused' in note) {
      const { epoch, sequence, code } = note.refused;
      this.#hooks.onIntentRefused?.({ epoch, sequence }, code);
    } else {
      // The visitor is told as well and begins a new epoch for us; until then there is nothing to ask for.
      this.#cutEpoch = note.cut.epoch;
      this.#updateState();
    }
  }

  #admit(slot: number, connection: FrameConnection<AgentNote>): void {
    const { engagement, clock } = this.#deps;
    this.#visitorPresent = false;
    this.#admitted = {
      connection,
      link: new VisitorLink({ engagement, slot, pair: this.#pair, book: this.#book }),
      inbox: new DirectInbox(),
      outlet: new AgentOutlet({
        send: (frame) => connection.send(frame),
        onSealed: (frame) => this.#hooks.onSealed?.(frame),
        onBroken: () => this.#break(),
      }),
      acks: new Acknowledger({
        slot,
        clock,
        position: () => this.#reader.position,
        send: (frame) => connection.send(frame),
      }),
    };
    this.#updateState();
  }

  #disconnect(): void {
    this.#connection = undefined;
    this.#admitted?.acks.close();
    this.#admitted = undefined;
    this.#pulse.stop();
    this.#cancelGap?.();
    this.#cancelGap = undefined;
  }

  /** Frames are handled one after the other: opening takes turns with the thread, order must not suffer. */
  #queueFrame(header: FrameHeader, frame: Bytes): void {
    const admitted = this.#admitted;
    if (admitted === undefined) {
      this.#hooks.onFault('wrongStep');
      return;
    }
    this.#incoming = this.#incoming.then(async () => {
      if (this.#admitted !== admitted) return;
      await this.#take(admitted, header, frame);
      if (this.#admitted !== admitted) return;
      admitted.acks.consumed(frame.byteLength);
      this.#updateState();
    });
    this.#incoming.catch(() => this.#break());
  }

  async #take(admitted: Admitted, header: FrameHeader, frame: Bytes): Promise<void> {
    switch (header.kind) {
      case 'hello':
        return this.#takeHello(admitted, frame);
      case 'key':
        return this.#takeKey(admitted, header, frame);
      case 'data':
        return this.#reader.take(header, frame);
      case 'snapshot':
      case 'asset':
      case 'answer':
        return this.#takeDirect(admitted, { ...header, kind: header.kind }, frame);
      default:
        this.#hooks.onFault('notAFrame');
    }
  }

  async #takeHello(admitted: Admitted, frame: Bytes): Promise<void> {
    const step = await admitted.link.takeHello(frame);
    if (!step.ok) {
      this.#untrusted ||= step.fault === 'commitMismatch';
      this.#hooks.onFault(step.fault);
      return;
    }
    admitted.connection.send(step.value.reply);
    if (step.value.introduction !== undefined) this.#introduce(step.value.introduction);
  }

  /** The visitor's page takes up where it was if it is the same page; another page starts with a snapshot. */
  #introduce(introduction: AgentIntroduction): void {
    const { code, continuity } = introduction;
    const visitorKey = toBase64url(introduction.visitorKey);
    this.#untrusted = false;
    if (visitorKey !== this.#visitorKey) {
      this.#reader.reset();
      this.#unreadable = false;
    }
    this.#visitorKey = visitorKey;
    this.#hooks.onIntroduced({ code, continuity });
    this.#rotate();
    this.#pulse.start();
    this.#ask(this.#reader.reconnect());
  }

  async #takeKey(admitted: Admitted, header: FrameHeader, frame: Bytes): Promise<void> {
    const epoch = await admitted.link.takeKey(header, frame);
    if (!epoch.ok) {
      this.#hooks.onFault(epoch.fault);
      return;
    }
    this.#rotate();
    await this.#reader.addEpoch(epoch.value);
  }

  async #takeDirect(
    admitted: Admitted,
    header: FrameHeader & { readonly kind: DirectMessage['kind'] },
    frame: Bytes,
  ): Promise<void> {
    const epoch = this.#reader.epoch(header.epoch);
    const body = epoch === undefined ? faulty('unknownEpoch') : await epoch.readDirect(header, frame);
    if (body.ok) this.#pulse.progressed();
    const message = body.ok ? await admitted.inbox.take(header.kind, body.value) : body;
    if (!message.ok) {
      this.#hooks.onFault(message.fault);
      // A snapshot that cannot be read will not come again by itself.
      if (header.kind === 'snapshot' && body.ok) {
        this.#unreadable = true;
        this.#reader.giveUp();
      }
    } else if (message.value !== undefined) this.#show(message.value, header.epoch);
  }

  #show(message: DirectMessage, epoch: number): void {
    if (message.kind === 'asset') {
      this.#hooks.onAsset(message.asset);
    } else if (message.kind === 'answer') {
      this.#hooks.onAnswer(message.body);
    } else {
      const show = (): void => this.#hooks.onSnapshot(message.events, { epoch, sequence: 0 });
      if (!this.#reader.takeSnapshot(epoch, show)) {
        this.#hooks.onFault('wrongStep');
        return;
      }
      this.#unreadable = false;
      this.#pulse.heard();
    }
  }

  /** While the page is not there yet, the stream going on behind it says nothing of whether it still comes. */
  #noteRead(): void {
    if (this.#reader.showing) this.#pulse.heard();
  }

  #doubt(): void {
    this.#updateState();
    if (this.#visitorPresent && !this.#untrusted) this.#reader.doubt();
  }

  #ask(from: StreamPosition | undefined): void {
    void this.#send((sealer) => sealer.resume({ from, known: this.#reader.newest }));
    this.#cancelGap?.();
    if (from !== undefined)
      this.#cancelGap = this.#deps.clock.after(frameLimits.resumeMs, () => this.#reader.concludeGap());
  }

  /** A key of our own for what follows: new with each agreement, and with each epoch of the visitor. */
  #rotate(): void {
    const sealer = this.#admitted?.link.sealer;
    if (sealer === undefined) return;
    this.#ownEpoch += 1;
    this.#admitted?.outlet.rotate(sealer, this.#ownEpoch);
  }

  #send(make: (sealer: AgentSealer) => Promise<Outcome<Bytes>>): Promise<Outcome<StreamPosition>> {
    const admitted = this.#admitted;
    const sealer = admitted?.link.sealer;
    if (admitted === undefined || sealer === undefined) return Promise.resolve(faulty('unknownEpoch'));
    return admitted.outlet.send(() => make(sealer));
  }

  /** Something threw that never should, here or in a hook; what would follow cannot be relied on. */
  #break(): void {
    if (this.#closed) return;
    this.close({ ended: false });
    this.#setState({ state: 'broken' });
  }

  #updateState(): void {
    if (this.#admitted !== undefined) this.#setState({ state: this.#currentState() });
  }

  #currentState(): 'untrusted' | 'visitorAway' | 'waiting' | 'unreadable' | 'catchingUp' | 'live' {
    if (this.#untrusted) return 'untrusted';
    if (!this.#visitorPresent) return 'visitorAway';
    if (!this.#reader.showing) return this.#unreadable ? 'unreadable' : 'waiting';
    if (this.#cutEpoch !== undefined && this.#cutEpoch === this.#reader.position?.epoch) return 'catchingUp';
    return this.#reader.live && this.#pulse.fresh ? 'live' : 'catchingUp';
  }

  #setState(state: ReceiverState): void {
    if (this.#state === state.state && state.state !== 'ended') return;
    this.#state = state.state;
    this.#hooks.onState(state);
  }
}
