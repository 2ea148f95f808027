/** The agent's microphones and cameras, and which were picked: in this window's memory, and nowhere else. */

import type { DeviceSource } from '@alongside/protocol';
import { Store } from '../../app/store.js';
import { AgentBackground } from './background/agent-background.js';
import { readDeviceTrouble } from './device-trouble.js';

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

export interface Loudspeakers {
  readonly known: readonly KnownDevice[];
  /** Empty for the one that the browser takes by itself. */
  readonly picked: string;
}

const wishes = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24 } },
} as const satisfies Record<DeviceSource, MediaTrackConstraints>;
const kindOf = {
  ...{ microphone: 'audioinput', camera: 'videoinput', loudspeaker: 'audiooutput' },
} as const satisfies Record<DeviceSource | 'loudspeaker', string>;
const sources = ['microphone', 'camera'] as const;

/** Own picture in the corner, beside the other, or none; or no pictures at all, which are then not sent either. */
export const pictureLayouts = ['corner', 'beside', 'large', 'voice'] as const;
export type PictureLayout = (typeof pictureLayouts)[number];

export class AgentDevices {
  readonly layout = new Store<PictureLayout>('corner');
  readonly list = new Store<DeviceList>({ microphone: [], camera: [], picked: {} });
  readonly loudspeaker = new Store<Loudspeakers>({ known: [], picked: '' });
  readonly background = new AgentBackground();
  readonly #idOf = new WeakMap<MediaStreamTrack, string | undefined>();
  /** What worked last. */
  readonly #used = new Map<DeviceSource, MediaStreamTrack>();
  readonly #changed = new Set<() => void>();
  #watching: AbortController | undefined;

  pick(source: DeviceSource, id: string): void {
    this.list.update((list) => ({ ...list, picked: { ...list.picked, [source]: id } }));
  }

  pickLoudspeaker(picked: string): void {
    this.loudspeaker.update((all) => ({ ...all, picked }));
  }

  /** Of a track that was opened here: one whose background is drawn knows of no device. */
  idOf(track: MediaStreamTrack): string | undefined {
    return this.#idOf.get(track);
  }

  /** Throws what the browser throws. The one that was picked; where that one is gone any other, else the former one. */
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
      const { deviceId } = track.getSettings();
      const given = source === 'camera' ? await this.background.dress(track) : track;
      if (given === undefined) return this.open(source);
      this.#idOf.set(given, deviceId);
      this.#used.set(source, given);
      return given;
    } catch (error) {
      if (id === undefined || !this.#takeBack(source, id, error)) throw error;
      return this.open(source);
    } finally {
      void this.look();
    }
  }

  /** After the one that was picked has failed: whether there is another to try. */
  #takeBack(source: DeviceSource, id: string, error: unknown): boolean {
    // Another one was picked meanwhile, which this failure says nothing of.
    if (this.list.value.picked[source] !== id) return true;
    if (error instanceof Error && error.name === 'OverconstrainedError') {
      const { [source]: _gone, ...picked } = this.list.value.picked;
      this.list.update((list) => ({ ...list, picked }));
      return true;
    }
    const used = this.#used.get(source);
    const usedId = used && this.idOf(used);
    if (usedId === undefined) return false;
    if (usedId === id) {
      // It made way for another one and cannot be had back: as where it is unplugged, others are told that nothing comes.
      if (used?.readyState === 'ended' && this.#used.delete(source)) used.dispatchEvent(new Event('ended'));
      return false;
    }
    if (source === 'camera' && used?.readyState === 'live' && readDeviceTrouble(error) === 'busy') {
      // Phones have one camera at a time: ours may be what keeps the other one busy.
      used.stop();
      return true;
    }
    this.pick(source, usedId);
    return true;
  }

  /** Labels come with the first device that is allowed. */
  async look(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const of = (source: keyof typeof kindOf) =>
      all
        .filter(({ kind, deviceId }) => kind === kindOf[source] && deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.list.update(({ picked }) => ({ microphone: of('microphone'), camera: of('camera'), picked }));
    // Some browsers list what they would take by themselves under names of its own, beside the device that it is.
    const known = of('loudspeaker').filter(({ id }) => id !== 'default' && id !== 'communications');
    this.loudspeaker.update(({ picked }) => ({
      ...{ known, picked: known.some(({ id }) => id === picked) ? picked : '' },
    }));
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
