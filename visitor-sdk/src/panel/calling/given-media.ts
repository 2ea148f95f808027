/** What the visitor gives of their own in a call: tried before it, given, taken back, changed and mended during it. */

import type { CallMedia, CommandValues, DeviceSource, Reply } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { CallRoom } from '../../call/call-part.js';
import { openDevice } from '../../call/media-device.js';
import { unattended } from '../../embedding/page-guard.js';
import { KnownDevices } from './known-devices.js';
import { isTrouble, OwnDevices } from './own-devices.js';

export interface GivenMediaDeps {
  readonly room: () => CallRoom | undefined;
  /** Another number with every join and leave: what was under way for an older one is dropped. */
  readonly turn: () => number;
  /** Somebody asks for a call, or one is on. */
  readonly isCalled: () => boolean;
  readonly consent: (body: {
    readonly source: DeviceSource;
    readonly granted: boolean;
  }) => Promise<Reply<CommandValues['call:consent']> | undefined>;
  /** What the visitor lets be heard and seen: for the page that comes in the place of this one. */
  readonly keep: (open: readonly DeviceSource[]) => void;
}

const sources = ['microphone', 'camera'] as const;
const none = { microphone: false, camera: false } as const;

export class GivenMedia {
  readonly own = new OwnDevices({
    open: async (source, deviceId) => {
      const opened = await openDevice(source, deviceId);
      // Devices have names from the first on that may be used, also where that one is busy.
      unattended(this.known.look());
      return opened;
    },
    onGone: (source) => this.#gone(source),
    onHeld: (source, isHeld) => this.#held(source, isHeld),
  });
  readonly known = new KnownDevices(() => this.#mend());
  /** The visitor tries their devices before a call: nothing of it leaves the page. */
  readonly trying = signal(false);
  readonly #deps: GivenMediaDeps;
  #wanted: Readonly<Record<DeviceSource, boolean>> = { microphone: true, camera: false };
  #agreed: Readonly<Record<DeviceSource, boolean>> = none;
  /** How often the service is being told of a consent right now. */
  #telling = 0;
  /** Sources whose device went, or is held by another program: they are silent until another one takes their place. */
  readonly #silent = new Set<DeviceSource>();
  /** Of two at once the service would refuse the second: one of each source at a time. */
  readonly #sending = new Map<DeviceSource, Promise<void>>();

  constructor(deps: GivenMediaDeps) {
    this.#deps = deps;
  }

  want(wanted: Readonly<Record<DeviceSource, boolean>>): void {
    this.#wanted = wanted;
    this.#keep();
  }

  /** In the place of another page: nobody is heard or seen by that alone who was not before. */
  goOn(agreed: Readonly<Record<DeviceSource, boolean>>, open: readonly string[]): void {
    this.own.isMuted = !open.includes('microphone');
    this.want({ ...agreed, camera: agreed.camera && open.includes('camera') });
  }

  /** Opens what the visitor would give, so that they see and hear for themselves that it works. */
  async tryOut(media: CallMedia): Promise<void> {
    this.trying.value = true;
    this.known.watch();
    for (const source of sources) {
      if (source === 'microphone' || media === 'video') await this.own.take(source, () => this.trying.peek());
    }
  }

  endTry(): void {
    if (!this.trying.peek()) return;
    this.trying.value = false;
    // What was tried is what a call begins with, whose news may be here before the reply to the answer is.
    if (!this.#deps.isCalled()) this.letGo();
  }

  /** What was opened to try it is what the call begins with, and nothing that it does not. */
  keepTried(): void {
    this.trying.value = false;
    if (!this.#wanted.camera) this.own.close('camera');
  }

  /** Of a room that was just joined. */
  async begin(): Promise<void> {
    this.#keep();
    this.mend(this.#agreed.camera);
    this.known.watch();
    // The picture takes longer to come about, and is given first.
    const given = [...sources].reverse().filter((source) => this.#wanted[source]);
    await Promise.all(given.map((source) => this.#give(source)));
  }

  mute(muted: boolean): void {
    if (this.own.mute(muted)) this.#deps.room()?.mute('microphone', muted);
    this.#keep();
  }

  /** The visitor's own picture is theirs to give and to take back, whatever was agreed at the start. */
  async showCamera(shown: boolean): Promise<void> {
    if (this.trying.peek()) {
      if (shown) await this.own.take('camera', () => this.trying.peek());
      else this.own.close('camera');
      return;
    }
    const turn = this.#deps.turn();
    this.want({ ...this.#wanted, camera: shown });
    if (!shown) {
      this.#deps.room()?.stop('camera');
      this.own.close('camera');
    }
    this.#telling += 1;
    const told = await this.#deps.consent({ source: 'camera', granted: shown }).finally(() => {
      this.#telling -= 1;
    });
    if (!shown || !this.#wanted.camera) return;
    if (told?.ok === true) return this.#give('camera');
    // The call was left, or joined anew, while the service was asked.
    if (turn !== this.#deps.turn()) return;
    // It is not switched on later by itself: by then nobody may think of it any more.
    this.want({ ...this.#wanted, camera: false });
    this.own.tell('camera', 'unrecorded');
  }

  /** The service's word on what is agreed to: what was taken back elsewhere, as by a request, does not stay open here. */
  follow(agreed: Readonly<Record<DeviceSource, boolean>>): void {
    for (const source of sources) {
      const isTaken = this.#agreed[source] && !agreed[source] && this.#telling === 0;
      if (!isTaken || !this.#wanted[source]) continue;
      this.want({ ...this.#wanted, [source]: false });
      this.#deps.room()?.stop(source);
      this.own.close(source);
    }
    this.#agreed = agreed;
  }

  /** The service was away, maybe with the page before, and did not hear that a camera was taken back. */
  mend(isCameraAgreed: boolean): void {
    if (isCameraAgreed && !this.#wanted.camera) unattended(this.showCamera(false));
  }

  async retry(source: DeviceSource): Promise<void> {
    if (source === 'camera') await this.showCamera(true);
    else if (this.trying.peek()) await this.own.take(source, () => this.trying.peek());
    else await this.#give('microphone');
  }

  /** Another device, in the same stream: the other side notices nothing but the change. */
  async pick(source: DeviceSource, deviceId: string): Promise<void> {
    const turn = this.#deps.turn();
    const isWanted = () => turn === this.#deps.turn() && (this.trying.peek() || this.#wanted[source]);
    const track = await this.own.pick(source, deviceId, isWanted);
    const room = this.#deps.room();
    if (room === undefined) return;
    if (track !== undefined) await this.#send(source, track);
    // Neither the one that was picked nor the one before can be had: others are told that nothing comes.
    else if (isWanted() && isTrouble(this.own[source].peek())) this.#silence(source, room);
  }

  /** What holds for one room. */
  forgetRoom(): void {
    this.#silent.clear();
    this.#sending.clear();
  }

  /** The call was given up: nothing stays open for it, and what was muted comes back muted. */
  rest(): void {
    for (const source of sources) this.own.close(source);
  }

  letGo(): void {
    this.#agreed = none;
    this.own.closeAll();
    this.known.stop();
  }

  #keep(): void {
    const isOpen = { microphone: !this.own.isMuted, camera: this.#wanted.camera };
    this.#deps.keep(sources.filter((source) => isOpen[source]));
  }

  async #give(source: DeviceSource): Promise<void> {
    const turn = this.#deps.turn();
    const track = await this.own.take(source, () => turn === this.#deps.turn() && this.#wanted[source]);
    if (track !== undefined) await this.#send(source, track);
  }

  #send(source: DeviceSource, track: MediaStreamTrack): Promise<void> {
    const turn = this.#deps.turn();
    const before = this.#sending.get(source) ?? Promise.resolve();
    const sending = before.then(() =>
      turn === this.#deps.turn() ? this.#sendNow(source, track) : undefined,
    );
    this.#sending.set(source, sending);
    return sending;
  }

  async #sendNow(source: DeviceSource, track: MediaStreamTrack): Promise<void> {
    const turn = this.#deps.turn();
    const room = this.#deps.room();
    // By what is told of it: a stream that is silent switches off whatever track it is given.
    const isMuted = (): boolean => this.own[source].peek() === 'muted';
    const wasMuted = isMuted();
    try {
      await room?.send(source, track);
      if (track.readyState === 'ended') return this.#wentMeanwhile(source, room);
      // It was held already, or is since, when there was no stream yet to silence.
      if (track.muted) return this.#held(source, true);
      const muted = isMuted();
      // A new stream comes to the other side unmuted, and what was pressed while there was none was told to nobody.
      if (this.#silent.delete(source) || wasMuted || muted) room?.mute(source, muted);
      this.own.tell(source, muted ? 'muted' : 'on');
    } catch {
      // The call was lost meanwhile, or does not allow it: the device is let go unless the call comes back.
      if (turn === this.#deps.turn()) this.own.close(source, 'failed');
    }
  }

  /** It ended while it was being given, when there was no stream yet to silence or to close. */
  #wentMeanwhile(source: DeviceSource, room: CallRoom | undefined): void {
    if (!this.#wanted[source]) room?.stop(source);
    else if (this.#silent.has(source)) room?.mute(source, true);
  }

  /** Unplugged: what else there is takes its place; a stream stays meanwhile, and is silent. */
  #gone(source: DeviceSource): void {
    if (this.trying.peek()) unattended(this.retry(source));
    const room = this.#deps.room();
    if (room === undefined) return;
    this.#silence(source, room);
    unattended(this.#give(source));
  }

  #silence(source: DeviceSource, room: CallRoom): void {
    this.#silent.add(source);
    room.mute(source, true);
  }

  /** The other side is told of a silence that nobody here has chosen, as of one that somebody has. */
  #held(source: DeviceSource, isHeld: boolean): void {
    if (isHeld) this.#silent.add(source);
    else this.#silent.delete(source);
    this.#deps.room()?.mute(source, this.own[source].peek() !== 'on');
  }

  /** Something was plugged in or allowed: what was missed for want of it is tried again. */
  #mend(): void {
    for (const source of sources) {
      if (!this.own.lacks(source)) continue;
      if (this.trying.peek()) unattended(this.retry(source));
      else if (this.#deps.room() !== undefined && this.#wanted[source]) unattended(this.#give(source));
    }
  }
}
