/** Devices that open while a call is being joined: both take their time, and neither waits for the other. */

import type { CallState, DeviceSource } from '@alongside/protocol';

interface Wanted {
  readonly loading: Promise<object | undefined>;
  readonly sources: readonly DeviceSource[];
}

export class OpenedAhead {
  readonly #open: (source: DeviceSource) => Promise<MediaStreamTrack>;
  readonly #opening = new Map<DeviceSource, Promise<MediaStreamTrack>>();

  #askId: string | undefined;

  constructor(open: (source: DeviceSource) => Promise<MediaStreamTrack>) {
    this.#open = open;
  }

  /** The word on the call: with a question that came to nothing, what was opened for it is let go. */
  follow(call: CallState, isIn: boolean): void {
    this.#askId = call.state === 'asked' ? call.askId : undefined;
    if (this.#askId === undefined && !isIn) this.letGo();
  }

  /** What a person pressed for, while the other side thinks the question over: once all that it is for is loaded. */
  async beginAsked(asking: Promise<{ readonly ok: boolean }>, { loading, sources }: Wanted): Promise<void> {
    if (!(await asking).ok) return;
    const askId = this.#askId;
    if ((await loading) !== undefined && askId !== undefined && askId === this.#askId) this.begin(sources);
  }

  /** These and no others; what is opening already goes on. */
  begin(sources: readonly DeviceSource[]): void {
    this.letGo([...this.#opening.keys()].filter((source) => !sources.includes(source)));
    for (const source of sources.filter((each) => !this.#opening.has(each))) {
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
