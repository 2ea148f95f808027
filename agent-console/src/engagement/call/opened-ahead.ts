/** Devices that open while a call is being joined: both take their time, and neither waits for the other. */

import type { DeviceSource } from '@alongside/protocol';

export class OpenedAhead {
  readonly #open: (source: DeviceSource) => Promise<MediaStreamTrack>;
  readonly #opening = new Map<DeviceSource, Promise<MediaStreamTrack>>();

  constructor(open: (source: DeviceSource) => Promise<MediaStreamTrack>) {
    this.#open = open;
  }

  begin(sources: readonly DeviceSource[]): void {
    this.letGo();
    for (const source of sources) {
      const opening = this.#open(source);
      this.#opening.set(source, opening);
      // Whoever takes it is told why there is none; where nobody does, nobody asks.
      opening.catch(() => undefined);
    }
  }

  /** What is opening already, or else a new one. */
  async take(source: DeviceSource): Promise<MediaStreamTrack> {
    const opening = this.#opening.get(source);
    this.#opening.delete(source);
    const track = await (opening ?? this.#open(source));
    // Ended meanwhile: another background was chosen.
    return track.readyState === 'ended' ? this.#open(source) : track;
  }

  /** What nobody took does not stay open. */
  letGo(sources: readonly DeviceSource[] = [...this.#opening.keys()]): void {
    for (const source of sources) {
      this.#opening.get(source)?.then(
        (track) => track.stop(),
        () => undefined,
      );
      this.#opening.delete(source);
    }
  }
}
