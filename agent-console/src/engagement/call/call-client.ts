/** The agent's side of a call: joined when the server says it is on, joined again by itself when it is lost. */

import {
  type CallMember,
  type CallRole,
  CallWatch,
  JoinedAhead,
  MediaWatch,
  mayGive,
  passStep,
} from '@alongside/engagement';
import { CallSeal } from '@alongside/frames';
import type {
  CallKeyStep,
  CallMeasured,
  CallMedia,
  CallMode,
  CallState,
  RemoteProducer,
  ShownSize,
} from '@alongside/protocol';
import { type Failure, isWorthRetrying, notLoaded, type Result, unreachable } from '../../app/failure.js';
import { loadPart } from '../../app/load-part.js';
import { Store } from '../../app/store.js';
import { AgentDevices } from './agent-devices.js';
import { AgentScreen } from './agent-screen.js';
import type { CallClientDeps, CallClientState } from './call-client-state.js';
import { idle, kept, linkOf } from './call-client-state.js';
import type { CallMediaSession } from './call-media.js';
import { GivenMedia } from './given-media.js';
import { isElsewhere, isTriedAgain, unreached, waitMsBefore } from './join-tries.js';
import { keepSilentCall, silentCall } from './silent-call.js';

export class CallClient {
  readonly state = new Store<CallClientState>(idle);
  readonly devices: AgentDevices;
  readonly given: GivenMedia;
  readonly screen = new AgentScreen(() => this.#media);
  readonly #joined = new JoinedAhead();
  readonly #deps: CallClientDeps;
  readonly #watch = new CallWatch({
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return () => clearInterval(timer);
    },
    nowMs: () => performance.now(),
    onMeasured: (ours) => this.state.update((state) => ({ ...state, ours })),
    onRation: (ration) => this.state.update((state) => ({ ...state, ration })),
    onStill: (isStill) => this.state.update((state) => ({ ...state, isStill })),
    onSpeaks: (speakers) => this.state.update((state) => ({ ...state, speakers })),
  });
  readonly #seal = new CallSeal({
    load: async () =>
      (await loadPart(() => import('./call-sealing.js')).catch(() => Promise.reject(notLoaded))).startSealing,
    onCodes: (codes) => this.state.update((state) => ({ ...state, codes })),
  });
  readonly #way = new MediaWatch({
    after: (ms, act) => clearTimeout.bind(undefined, setTimeout(act, ms)),
    onWay: (way) => {
      if (way === 'through') this.#attempts = 0;
      this.state.update((state) => ({ ...state, link: linkOf(way, state.link) }));
    },
    onNever: () => this.#joinFailed(unreached),
  });
  #shown: ShownSize = 'hidden';
  #loading: Promise<typeof import('./call-media.js') | undefined> | undefined;
  #media: CallMediaSession | undefined;
  #callId: string | undefined;
  #hungUp: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #isPrepared = false;
  #taken: string | undefined;
  /** The service has let this side in; whether media get through is another matter. */
  #isIn = false;
  #joins = 0;

  constructor(deps: CallClientDeps) {
    this.#deps = deps;
    this.devices = deps.devices ?? new AgentDevices();
    this.given = new GivenMedia({
      ...{ state: this.state, devices: this.devices },
      media: () => this.#media,
      isIn: () => this.#isIn,
      keepSilent: (isSilent) => keepSilentCall(this.#deps.engagementId, isSilent ? this.#callId : undefined),
    });
  }

  async start(media: CallMedia): Promise<Result<unknown>> {
    this.given.want(media);
    return this.#thenJoin(
      this.#deps.live.send('call:start', { engagementId: this.#deps.engagementId, media }),
    );
  }

  async answer(
    askId: Extract<CallState, { state: 'asked' }>['askId'],
    reply: { readonly accept: boolean; readonly media: CallMedia },
  ): Promise<Result<unknown>> {
    this.given.want(reply.media);
    const { live, engagementId } = this.#deps;
    const answered = live.send('call:answer', { engagementId, askId, ...reply });
    return reply.accept ? this.#thenJoin(answered) : answered;
  }

  /** Into a colleague's call, or on in it in another way. */
  async attend(mode: CallMode): Promise<Result<unknown>> {
    this.given.want(mode === 'listen' ? 'nothing' : 'voice');
    return this.#deps.live.send('call:attend', { engagementId: this.#deps.engagementId, mode });
  }

  /** At once for this side; the service hears of it now, or when it is back. */
  hangUp(): void {
    this.#hungUp = this.#callId;
    this.#leave();
    this.screen.drop();
    this.state.set({ ...idle, link: 'hungUp' });
    this.#tellHungUp();
  }

  #tellHungUp(): void {
    void this.#deps.live.send('call:end', { engagementId: this.#deps.engagementId });
  }

  /** The server's word on the call: on, off, or another one; and what this agent is in it. */
  follow(call: CallState, role: CallRole = 'lead'): void {
    const callId = call.state === 'on' && role !== 'absent' ? call.callId : undefined;
    if (call.state === 'asked') this.prepare();
    if (callId === undefined || callId !== this.#hungUp) this.#hungUp = undefined;
    this.given.follow(call, role);
    if (callId === this.#callId) {
      if (this.#isIn) this.#settle(role);
      return;
    }
    const { engagementId } = this.#deps;
    if (this.#callId !== undefined) {
      this.#leave();
      keepSilentCall(engagementId, undefined);
    }
    this.#callId = callId;
    if (callId !== undefined && callId === silentCall(engagementId)) this.given.want('nothing');
    this.#attempts = 0;
    this.#seal.end();
    this.screen.drop();
    if (callId === undefined) this.state.set(idle);
    else void this.#join('joining');
  }

  lost(): void {
    const { link } = this.state.value;
    if (this.#callId !== undefined && this.#hungUp === undefined && link !== 'elsewhere') this.#rejoin();
  }

  /** The window of this agent that was in the call is gone: it goes on here, where they are heard by a press of theirs. */
  deserted(): void {
    if (this.state.value.link !== 'elsewhere') return;
    this.given.wantNothingUnasked();
    this.retry();
  }

  flooded(flooded: CallMember): void {
    if (this.#callId !== undefined) this.state.update((state) => ({ ...state, flooded }));
  }

  /** In the place of another window of this agent. */
  takeHere(): void {
    this.#taken = this.#callId;
    this.retry();
  }

  /** The socket is new, and the media may have gone on meanwhile: it is mended where it has, and made anew elsewhere. */
  reconnected(): void {
    if (this.#callId === undefined) return;
    if (this.#hungUp !== undefined) this.#tellHungUp();
    else if (this.#isIn) {
      this.#media?.mend();
      this.#seal.mend();
    } else if (this.state.value.link !== 'elsewhere') this.retry();
  }

  /** Calls are possible, by other ways perhaps than before: what was given up for that, waits or is broken is tried at once. */
  callsReady(): void {
    const { link, failure } = this.state.value;
    const isGivenUp = link === 'failed' && failure?.code === 'callsUnavailable';
    if (this.#isIn) this.#media?.mend(true);
    else if (isGivenUp || (link === 'rejoining' && this.#media === undefined)) this.retry();
  }

  produced(producer: RemoteProducer): void {
    void this.#media?.remote.consume(producer);
  }

  producerChanged(producer: RemoteProducer): void {
    this.#media?.remote.changed(producer);
  }

  producerClosed(producerId: string): void {
    this.#media?.remote.gone(producerId);
  }

  keysPassed(step: CallKeyStep): void {
    this.#seal.take(step);
  }

  /** What the visitor's page says of its own way. */
  visitorMeasured(theirs: CallMeasured): void {
    if (this.#callId !== undefined) this.state.update((state) => ({ ...state, theirs }));
  }

  showsVisitor(shown: ShownSize): void {
    this.#shown = shown;
    this.#media?.remote.show(shown);
  }

  retry(): void {
    this.#attempts = 0;
    this.#rejoin();
  }

  close(): void {
    this.#callId = undefined;
    this.screen.drop();
    this.#leave();
    this.#seal.end();
  }

  /** What a call takes is large: once there may be one it is read in an idle moment, so that it need not wait. */
  prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    // Where a browser has no such moments, it is read with the first call.
    globalThis.requestIdleCallback?.(async () => (await this.#load())?.callDevices.warmUp());
  }

  /** Right behind it on the same socket: this side has said yes. */
  #thenJoin(said: Promise<Result<unknown>>): Promise<Result<unknown>> {
    const { live, engagementId } = this.#deps;
    this.#joined.begin(live.send('call:join', { engagementId, ahead: true }), async (session) =>
      (await this.#load())?.callDevices.for(session),
    );
    this.given.openAsked(said, this.#load());
    return said;
  }

  /** Media code is large and needed by calls only. */
  #load(): Promise<typeof import('./call-media.js') | undefined> {
    this.#loading ??= loadPart(() => import('./call-media.js')).catch(() => {
      this.#loading = undefined;
      return undefined;
    });
    return this.#loading;
  }

  async #join(link: 'joining' | 'rejoining'): Promise<void> {
    this.#joins += 1;
    const join = this.#joins;
    this.state.update(kept(link));
    const loaded = await this.#load();
    if (join !== this.#joins) return;
    if (loaded === undefined) return this.#joinFailed(notLoaded.failure);
    this.given.openBeside(link === 'joining');
    const media = new loaded.CallMediaSession(this.#deps, {
      onOwn: (source, own, track) => this.given.tell(source, own, track),
      onRemote: (remote) => this.state.update((state) => ({ ...state, remote })),
      onGone: (source) => {
        if (media === this.#media) this.given.gone(source);
      },
      seal: (callId) => this.#seal.join(this.#placeOf(callId), (step) => this.#pass(step)),
      allowsOpen: (callId) => media === this.#media && this.#seal.allowsOpen(this.#placeOf(callId)),
      onWay: () => {
        if (media === this.#media && this.#isIn) this.#way.look();
      },
      onLost: () => {
        if (media === this.#media) this.#joinFailed(unreached);
      },
    });
    this.#media = media;
    const joined = await media
      .join(this.#joined.take(this.#callId ?? ''), this.#taken === this.#callId)
      .catch((cause: unknown) => (cause === notLoaded ? notLoaded : unreachable));
    if (media !== this.#media) return;
    if (!joined.ok) return this.#joinFailed(joined.failure);
    this.#isIn = true;
    this.#taken = undefined;
    this.#way.begin(() => media.way());
    if (this.#shown !== 'large') media.remote.show(this.#shown);
    this.#watch.begin(media);
    void this.given.begin().then(() => {
      if (media === this.#media) this.#way.look();
    });
    void this.screen.comeBack().catch(() => this.screen.drop());
  }

  #settle(role: CallRole): void {
    this.given.settle();
    if (!mayGive(role, 'screen') && this.screen.state.value.state !== 'off') void this.screen.hide();
  }

  #placeOf(callId: string): string {
    return `${this.#deps.engagementId}.${callId}`;
  }

  #pass(step: CallKeyStep): void {
    const { live, engagementId } = this.#deps;
    const callId = this.#callId;
    const send = async (): Promise<boolean> => {
      const passed = await live.send('call:passKeys', { engagementId, ...step });
      return !passed.ok && isWorthRetrying(passed.failure);
    };
    // What is lost for good is agreed on anew.
    passStep(step, send, { isWanted: () => callId === this.#callId, wait }).catch(() => undefined);
  }

  #joinFailed(failure: Failure): void {
    this.#leave();
    if (isElsewhere(failure)) this.screen.drop();
    if (isTriedAgain(failure, this.#attempts)) this.#rejoin();
    else if (isElsewhere(failure)) {
      this.given.wantAsBefore();
      this.state.set({ ...idle, link: 'elsewhere' });
    } else this.state.update((state) => ({ ...kept('failed')(state), failure }));
  }

  #rejoin(): void {
    this.#leave();
    const inMs = waitMsBefore(this.#attempts);
    this.#attempts += 1;
    this.state.update(kept('rejoining'));
    this.#timer = setTimeout(() => void this.#join('rejoining'), inMs);
  }

  #leave(): void {
    this.#joins += 1;
    clearTimeout(this.#timer);
    this.given.end();
    this.#watch.end();
    this.#way.end();
    this.#isIn = false;
    this.#media?.close();
    this.#media = undefined;
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
