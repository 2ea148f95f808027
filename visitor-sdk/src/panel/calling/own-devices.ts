/** The visitor's own microphone and camera: opened when wanted, changed while on, told how they stand, let go when not. */

import type { DeviceFault } from '@alongside/engagement';
import type { DeviceSource } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { OpenedDevice } from '../../call/media-device.js';

/** `held`: silent by a hand that is not ours, as while a phone rings. `unrecorded`: the visitor's yes could not be kept. */
export type DeviceState = 'off' | 'opening' | 'on' | 'muted' | DeviceTrouble;
type DeviceTrouble = 'held' | 'unrecorded' | DeviceFault;

export function isTrouble(state: DeviceState): state is DeviceTrouble {
  return !['off', 'opening', 'on', 'muted'].includes(state);
}

export interface OwnDevicesDeps {
  readonly open: (source: DeviceSource, deviceId?: string) => Promise<OpenedDevice>;
  /** Unplugged, or taken away in the browser's own settings. */
  readonly onGone: (source: DeviceSource) => void;
  /** It is held, or not any more. */
  readonly onHeld: (source: DeviceSource, isHeld: boolean) => void;
}

const sources = ['microphone', 'camera'] as const;

export class OwnDevices {
  readonly microphone = signal<DeviceState>('off');
  readonly camera = signal<DeviceState>('off');
  readonly picture = signal<MediaStreamTrack | undefined>(undefined);
  readonly voice = signal<MediaStreamTrack | undefined>(undefined);
  readonly #deps: OwnDevicesDeps;
  readonly #tracks = new Map<DeviceSource, MediaStreamTrack>();
  /** What the visitor picked: in this page's memory, and nowhere else. */
  readonly #picked = new Map<DeviceSource, string>();
  /** Those that were there, and are gone. */
  readonly #lost = new Set<DeviceSource>();
  /** As the visitor has chosen, also before there is a microphone. */
  isMuted = false;

  constructor(deps: OwnDevicesDeps) {
    this.#deps = deps;
  }

  /** The track, opened if it is not live already; undefined when there is none, or when nobody wants it any more. */
  async take(source: DeviceSource, isWanted: () => boolean): Promise<MediaStreamTrack | undefined> {
    const known = this.#tracks.get(source);
    if (known?.readyState === 'live' && !known.muted) return known;
    this.tell(source, 'opening');
    return this.#keepWanted(source, await this.#open(source), isWanted);
  }

  /**
   * Another device in place of this one, whose track goes on until the new one is there, and beyond where there is none:
   * then what was had is not lost by a try. One that is not in use is opened when it is wanted.
   */
  async pick(
    source: DeviceSource,
    deviceId: string,
    isWanted: () => boolean,
  ): Promise<MediaStreamTrack | undefined> {
    const former = this.#tracks.get(source);
    const formerId = this.idOf(source);
    this.#picked.set(source, deviceId);
    if (this[source].peek() === 'off' || !isWanted()) return undefined;
    if (former === undefined) this.tell(source, 'opening');
    let opened = await this.#open(source);
    // Another one was picked meanwhile, and what became of this one matters no more.
    const isStill = () => isWanted() && this.#picked.get(source) === deviceId;
    if (former === undefined || opened.ok || !isStill()) return this.#keepWanted(source, opened, isStill);
    if (source === 'camera' && opened.fault === 'busy') {
      // Phones have one camera at a time: ours may be what keeps the other one busy.
      this.close(source, 'opening');
      opened = await this.#open(source);
    }
    if (!opened.ok && isWanted()) {
      if (formerId === undefined) this.#picked.delete(source);
      else this.#picked.set(source, formerId);
      if (this.#tracks.get(source) === former) return undefined;
      opened = await this.#open(source);
    }
    return this.#keepWanted(source, opened, isWanted);
  }

  /** Whether it is missed for something that may change without the visitor's doing here. */
  lacks(source: DeviceSource): boolean {
    const state = this[source].peek();
    return ['missing', 'unplugged', 'refused', 'system', 'busy', 'held'].includes(state);
  }

  /** Which device it is, as far as the browser says. */
  idOf(source: DeviceSource): string | undefined {
    return this.#tracks.get(source)?.getSettings().deviceId ?? this.#picked.get(source);
  }

  /** False when there is nothing to mute, or while it is silent anyway: then it holds for when it is not. */
  mute(muted: boolean): boolean {
    const track = this.#tracks.get('microphone');
    if (track === undefined) return false;
    this.isMuted = muted;
    track.enabled = !muted;
    if (track.muted) return false;
    this.tell('microphone', muted ? 'muted' : 'on');
    return true;
  }

  close(source: DeviceSource, state: DeviceState = 'off'): void {
    const track = this.#tracks.get(source);
    this.#tracks.delete(source);
    track?.stop();
    this.#show(source, undefined);
    this.tell(source, state);
  }

  closeAll(): void {
    this.isMuted = false;
    for (const source of sources) this.close(source);
  }

  tell(source: DeviceSource, state: DeviceState): void {
    (source === 'microphone' ? this.microphone : this.camera).value = state;
  }

  #open(source: DeviceSource): Promise<OpenedDevice> {
    return this.#deps.open(source, this.#picked.get(source));
  }

  #keepWanted(
    source: DeviceSource,
    opened: OpenedDevice,
    isWanted: () => boolean,
  ): MediaStreamTrack | undefined {
    if (!isWanted()) {
      if (opened.ok) opened.track.stop();
      return undefined;
    }
    if (!opened.ok) {
      const isUnplugged = opened.fault === 'missing' && this.#lost.has(source);
      this.close(source, isUnplugged ? 'unplugged' : opened.fault);
      return undefined;
    }
    this.#keep(source, opened.track);
    return opened.track;
  }

  #keep(source: DeviceSource, track: MediaStreamTrack): void {
    const former = this.#tracks.get(source);
    this.#tracks.set(source, track);
    this.#lost.delete(source);
    former?.stop();
    // A stream that is silent switches its track off: what the visitor has chosen is not to be read from that.
    const chosen = () => (source === 'microphone' && this.isMuted ? 'muted' : 'on');
    track.enabled = chosen() === 'on';
    this.#show(source, track);
    this.tell(source, track.muted ? 'held' : chosen());
    for (const event of ['mute', 'unmute'] as const)
      track.addEventListener(event, () => {
        if (this.#tracks.get(source) !== track) return;
        this.tell(source, event === 'mute' ? 'held' : chosen());
        this.#deps.onHeld(source, event === 'mute');
      });
    track.addEventListener('ended', () => {
      if (this.#tracks.get(source) !== track) return;
      this.#lost.add(source);
      this.close(source, 'unplugged');
      this.#deps.onGone(source);
    });
  }

  #show(source: DeviceSource, track: MediaStreamTrack | undefined): void {
    (source === 'microphone' ? this.voice : this.picture).value = track;
  }
}
