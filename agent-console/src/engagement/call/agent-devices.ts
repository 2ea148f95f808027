/** The agent's microphones and cameras, and which were picked: in this window's memory, and nowhere else. */

import type { DeviceSource } from '@alongside/protocol';
import { Store } from '../../app/store.js';
import { AgentBackground } from './background/agent-background.js';

export interface KnownDevice {
  readonly id: string;
  /** Empty until the browser has been allowed to use one. */
  readonly label: string;
}

export interface DeviceList {
  readonly microphone: readonly KnownDevice[];
  readonly camera: readonly KnownDevice[];
  readonly picked: Partial<Readonly<Record<DeviceSource, string>>>;
}

const wishes = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24 } },
} as const satisfies Record<DeviceSource, MediaTrackConstraints>;
const kindOf = { microphone: 'audioinput', camera: 'videoinput' } as const satisfies Record<
  DeviceSource,
  string
>;
const sources = ['microphone', 'camera'] as const;

/** Own picture in the corner, beside the other, or none; or no pictures at all, which are then not sent either. */
export const pictureLayouts = ['corner', 'beside', 'large', 'voice'] as const;
export type PictureLayout = (typeof pictureLayouts)[number];

export class AgentDevices {
  readonly layout = new Store<PictureLayout>('corner');
  readonly list = new Store<DeviceList>({ microphone: [], camera: [], picked: {} });
  readonly background = new AgentBackground();
  readonly #idOf = new WeakMap<MediaStreamTrack, string | undefined>();
  readonly #changed = new Set<() => void>();
  #watching: AbortController | undefined;

  pick(source: DeviceSource, id: string): void {
    this.list.update((list) => ({ ...list, picked: { ...list.picked, [source]: id } }));
  }

  /** Of a track that was opened here: one whose background is drawn knows of no device. */
  idOf(track: MediaStreamTrack): string | undefined {
    return this.#idOf.get(track);
  }

  /** Throws what the browser throws. The one that was picked; any other where that one is gone. */
  async open(source: DeviceSource): Promise<MediaStreamTrack> {
    if (navigator.mediaDevices === undefined) throw new TypeError('There are no media devices here.');
    const id = this.list.value.picked[source];
    const wish = { ...wishes[source], ...(id === undefined ? {} : { deviceId: { exact: id } }) };
    try {
      const stream = await navigator.mediaDevices.getUserMedia(
        source === 'camera' ? { video: wish } : { audio: wish },
      );
      const [track] = stream.getTracks();
      if (track === undefined) throw new TypeError('The browser gave no track.');
      void this.look();
      const { deviceId } = track.getSettings();
      const given = source === 'camera' ? await this.background.dress(track) : track;
      if (given === undefined) return this.open(source);
      this.#idOf.set(given, deviceId);
      return given;
    } catch (error) {
      const isGone = error instanceof Error && error.name === 'OverconstrainedError';
      if (!isGone || id === undefined) throw error;
      const { [source]: _gone, ...picked } = this.list.value.picked;
      this.list.update((list) => ({ ...list, picked }));
      return this.open(source);
    }
  }

  /** Labels come with the first device that is allowed. */
  async look(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const of = (source: DeviceSource) =>
      all
        .filter(({ kind, deviceId }) => kind === kindOf[source] && deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.list.update(({ picked }) => ({ microphone: of('microphone'), camera: of('camera'), picked }));
  }

  /** That one came, went or was allowed. Answers how to stop listening. */
  onChanged(act: () => void): () => void {
    this.#changed.add(act);
    if (this.#changed.size === 1) this.#watch();
    return () => {
      this.#changed.delete(act);
      if (this.#changed.size === 0) this.#watching?.abort();
    };
  }

  #watch(): void {
    const watching = new AbortController();
    this.#watching = watching;
    const options = { signal: watching.signal };
    const changed = (): void => {
      void this.look().then(() => {
        for (const act of this.#changed) act();
      });
    };
    navigator.mediaDevices?.addEventListener?.('devicechange', changed, options);
    for (const name of sources) {
      // Not every browser tells of these; then a person presses the button again.
      navigator.permissions
        ?.query({ name: name as PermissionName })
        .then((status) => status.addEventListener('change', changed, options))
        .catch(() => undefined);
    }
  }
}
