/** What an agent gives into a call: their own microphone and camera, opened, changed, muted and mended during it. */

import { type CallRole, mayGive } from '@alongside/engagement';
import type { CallMedia, CallState, DeviceSource } from '@alongside/protocol';
import type { Store } from '../../app/store.js';
import type { AgentDevices } from './agent-devices.js';
import { type CallClientState, type OwnSource, withOwn } from './call-client-state.js';
import type { CallMediaSession } from './call-media.js';
import { DeviceGiving } from './device-giving.js';
import { mayMend } from './device-trouble.js';
import { OpenedAhead } from './opened-ahead.js';
import { toggled } from './toggled.js';

export interface GivenMediaDeps {
  readonly state: Store<CallClientState>;
  readonly devices: AgentDevices;
  /** Of the newest join, which may not be let in yet. */
  readonly media: () => Pick<CallMediaSession, 'produce' | 'gives' | 'closeSource' | 'mute'> | undefined;
  readonly isIn: () => boolean;
  /** Whether no voice is given: for the page that comes in the place of this one. */
  readonly keepSilent: (isSilent: boolean) => void;
}

const sources = ['camera', 'microphone'] as const;

export class GivenMedia {
  readonly #deps: GivenMediaDeps;
  readonly #ahead = new OpenedAhead((source) => this.#deps.devices.open(source));
  readonly #giving = new DeviceGiving({
    media: () => (this.#deps.isIn() ? this.#deps.media() : undefined),
    open: (source) => this.#ahead.take(source),
    isWanted: (source) => this.#isWanted(source),
    stateOf: (source) => this.#own(source).state,
    tell: (source, own) => this.tell(source, own),
  });
  /** What the agent wants to give; a rejoin gives the same again. */
  #wants: ReadonlySet<DeviceSource> = new Set(['microphone']);
  /** What was wanted before a join that nobody has pressed for. */
  #before: ReadonlySet<DeviceSource> | undefined;
  #role: CallRole = 'absent';
  #stopMending: (() => void) | undefined;

  constructor(deps: GivenMediaDeps) {
    this.#deps = deps;
  }

  want(media: CallMedia | 'nothing'): void {
    const wanted = { nothing: [], voice: ['microphone'], video: ['microphone', 'camera'] } as const;
    this.#want(new Set(wanted[media]));
    this.#before = undefined;
  }

  /** Into a join that nobody has pressed for: the agent is heard by a press of theirs. */
  wantNothingUnasked(): void {
    const before = this.#before ?? this.#wants;
    this.want('nothing');
    this.#before = before;
  }

  /** It came to nothing: what is pressed for then gives what was given before. */
  wantAsBefore(): void {
    this.#want(this.#before ?? this.#wants);
    this.#before = undefined;
  }

  /** The server's word on the call, and on what this agent is in it. */
  follow(call: CallState, role: CallRole): void {
    // Who only listened or whispered and comes to lead is heard by a press of their own.
    const whispered = this.#role === 'whisper' && role === 'lead';
    if (role === 'listen' || whispered) this.want('nothing');
    if (whispered) void this.#deps.media()?.closeSource('microphone');
    this.#role = role;
    this.#ahead.follow(call, call.state === 'on' && role !== 'absent');
  }

  /** What a person pressed for, while the other side thinks the question over. */
  openAsked(said: Promise<{ readonly ok: boolean }>, loading: Promise<object | undefined>): void {
    void this.#ahead.beginAsked(said, { loading, sources: [...this.#wants] });
  }

  /** Beside a join that is being made. Not each time that a lost one is tried again, which would have lights go on and off. */
  openBeside(isFirst: boolean): void {
    this.#stopMending = this.#deps.devices.background.opening.subscribe(() => this.#openAnew());
    if (isFirst) this.#ahead.begin([...this.#wants].filter((source) => mayGive(this.#role, source)));
  }

  /** Of a room that was just joined; ends when all is given that there is to give. */
  begin(): Promise<unknown> {
    this.#before = undefined;
    const stopOpening = this.#stopMending;
    const changed = this.#deps.devices.onChanged(() => this.#mend());
    this.#stopMending = () => {
      stopOpening?.();
      changed();
    };
    const due = sources.filter((source) => this.#wants.has(source) && mayGive(this.#role, source));
    const giving = due.map((source) => this.#giving.give(source));
    this.#ahead.letGo();
    return Promise.all(giving);
  }

  /** What is given is what the agent wants, as far as their part in the call allows it. */
  settle(): void {
    for (const source of sources) {
      const { state, trouble } = this.#own(source);
      const isAllowed = mayGive(this.#role, source);
      if (state === 'off' && isAllowed && this.#wants.has(source) && !trouble) void this.#giving.give(source);
      if (!isAllowed && this.#isGiven(source)) void this.#deps.media()?.closeSource(source);
    }
  }

  /** Another device; what is given goes on with it, and what could not be given is. */
  async pick(source: DeviceSource, id: string): Promise<void> {
    this.#deps.devices.pick(source, id);
    this.#ahead.letGo();
    const isMissed = this.#wants.has(source) && this.#own(source).trouble !== undefined;
    if (isMissed || this.#isGiven(source)) await this.#giving.give(source);
  }

  /** Of the microphone; undefined where there is none to mute. One that the system silences is not muted by that. */
  get isMuted(): boolean | undefined {
    const { state, trouble } = this.#own('microphone');
    return state === 'on' || state === 'muted' || trouble === 'held' ? state === 'muted' : undefined;
  }

  async mute(muted: boolean): Promise<void> {
    if (this.isMuted !== undefined) await this.#deps.media()?.mute('microphone', muted);
  }

  /** Switches an own source on, or between heard and not heard. */
  async toggle(source: DeviceSource): Promise<void> {
    const { state } = this.#own(source);
    if (state === 'starting') return;
    this.#want(toggled(this.#wants, source, state !== 'on'));
    if (state === 'off') return this.#giving.give(source);
    // A camera that is off lets go of the device, so that its light goes out; a microphone is only muted.
    if (source === 'camera') await this.#deps.media()?.closeSource(source);
    else await this.#deps.media()?.mute(source, state === 'on');
  }

  /** Unplugged: what else there is takes its place. */
  gone(source: DeviceSource): void {
    this.#giving.gone(source);
  }

  tell(source: DeviceSource, own: OwnSource, track?: MediaStreamTrack): void {
    this.#deps.state.update(withOwn(source, own, track));
  }

  /** The join is over. */
  end(): void {
    this.#ahead.letGo();
    this.#stopMending?.();
    this.#stopMending = undefined;
  }

  #want(wants: ReadonlySet<DeviceSource>): void {
    this.#wants = wants;
    this.#deps.keepSilent(!wants.has('microphone'));
  }

  #own(source: DeviceSource): OwnSource {
    return this.#deps.state.value[source];
  }

  /** One that the system silences is off, and given all the same. */
  #isGiven(source: DeviceSource): boolean {
    return this.#own(source).state !== 'off' || this.#deps.media()?.gives(source) === true;
  }

  /** A muted microphone is not wanted in the next join, and is there in this one. */
  #isWanted(source: DeviceSource): boolean {
    return this.#wants.has(source) || this.#own(source).state === 'muted';
  }

  #mend(): void {
    for (const source of sources) {
      if (this.#wants.has(source) && mayMend(this.#own(source).trouble)) void this.#giving.give(source);
    }
  }

  /** Another background than before. */
  #openAnew(): void {
    this.#ahead.letGo(['camera']);
    if (!this.#isGiven('camera')) return;
    const { ownPicture } = this.#deps.state.value;
    // The camera as it is was ended: as where it is unplugged nothing is seen until there is another picture.
    if (ownPicture?.readyState === 'ended') ownPicture.dispatchEvent(new Event('ended'));
    else void this.#giving.give('camera');
  }
}
