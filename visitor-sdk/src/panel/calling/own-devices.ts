/** The visitor's own microphone and camera in a call: opened when wanted, told how they stand, let go when not. */

import type { MediaSource } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { DeviceFault, OpenedDevice } from '../../call/media-device.js';

export type DeviceState = 'off' | 'opening' | 'on' | 'muted' | DeviceFault;

export interface OwnDevicesDeps {
  readonly open: (source: MediaSource) => Promise<OpenedDevice>;
  /** Unplugged, or taken away in the browser's own settings. */
  readonly onGone: (source: MediaSource) => void;
}

export class OwnDevices {
  readonly microphone = signal<DeviceState>('off');
  readonly camera = signal<DeviceState>('off');
  readonly picture = signal<MediaStreamTrack | undefined>(undefined);
  readonly #deps: OwnDevicesDeps;
  readonly #tracks = new Map<MediaSource, MediaStreamTrack>();

  constructor(deps: OwnDevicesDeps) {
    this.#deps = deps;
  }

  /** The track, opened if it is not live already; undefined when there is none, or when nobody wants it any more. */
  async take(source: MediaSource, isWanted: () => boolean): Promise<MediaStreamTrack | undefined> {
    const known = this.#tracks.get(source);
    if (known?.readyState === 'live') return known;
    this.tell(source, 'opening');
    const opened = await this.#deps.open(source);
    if (!isWanted()) {
      if (opened.ok) opened.track.stop();
      return undefined;
    }
    if (!opened.ok) {
      this.tell(source, opened.fault);
      return undefined;
    }
    this.#keep(source, opened.track);
    return opened.track;
  }

  /** False when there is nothing to mute. */
  mute(muted: boolean): boolean {
    const track = this.#tracks.get('microphone');
    if (track === undefined) return false;
    track.enabled = !muted;
    this.tell('microphone', muted ? 'muted' : 'on');
    return true;
  }

  close(source: MediaSource, state: DeviceState = 'off'): void {
    const track = this.#tracks.get(source);
    this.#tracks.delete(source);
    track?.stop();
    if (source === 'camera') this.picture.value = undefined;
    this.tell(source, state);
  }

  closeAll(): void {
    for (const source of ['microphone', 'camera'] as const) this.close(source);
  }

  tell(source: MediaSource, state: DeviceState): void {
    (source === 'microphone' ? this.microphone : this.camera).value = state;
  }

  #keep(source: MediaSource, track: MediaStreamTrack): void {
    this.#tracks.set(source, track);
    if (source === 'camera') this.picture.value = track;
    track.addEventListener('ended', () => {
      if (this.#tracks.get(source) !== track) return;
      this.close(source, 'missing');
      this.#deps.onGone(source);
    });
  }
}
