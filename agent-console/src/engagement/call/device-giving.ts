/** Gives an agent's microphone and camera into a join: one of each at a time, opened, sent and told of. */

import type { DeviceSource } from '@alongside/protocol';
import type { OwnSource } from './call-client-state.js';
import type { CallMediaSession } from './call-media.js';
import { readDeviceTrouble } from './device-trouble.js';
import { NotTaken } from './not-taken.js';

export interface DeviceGivingDeps {
  /** Of the join that is on; undefined while there is none. */
  readonly media: () => Pick<CallMediaSession, 'produce' | 'gives' | 'closeSource'> | undefined;
  readonly open: (source: DeviceSource) => Promise<MediaStreamTrack>;
  readonly isWanted: (source: DeviceSource) => boolean;
  readonly stateOf: (source: DeviceSource) => OwnSource['state'];
  readonly tell: (source: DeviceSource, own: OwnSource) => void;
}

interface Giving {
  readonly source: DeviceSource;
  readonly media: Pick<CallMediaSession, 'produce' | 'gives' | 'closeSource'>;
  /** Another device or background was chosen meanwhile. */
  isOutdated: boolean;
}

export class DeviceGiving {
  readonly #deps: DeviceGivingDeps;
  readonly #running = new Map<DeviceSource, Giving>();
  /** Those that were there, and are gone. */
  readonly #lost = new Set<DeviceSource>();

  constructor(deps: DeviceGivingDeps) {
    this.#deps = deps;
  }

  /** Unplugged: what else there is takes its place. */
  gone(source: DeviceSource): void {
    const { isWanted, tell } = this.#deps;
    this.#lost.add(source);
    tell(source, { state: 'off', trouble: 'unplugged' });
    if (isWanted(source)) void this.give(source);
  }

  /** Of two at once the second would be refused, and the first one, which is sent, taken for off. */
  async give(source: DeviceSource): Promise<void> {
    const media = this.#deps.media();
    if (media === undefined) return;
    const running = this.#running.get(source);
    if (running?.media === media) {
      running.isOutdated = true;
      return;
    }
    const giving: Giving = { source, media, isOutdated: true };
    this.#running.set(source, giving);
    while (giving.isOutdated && !this.#isOver(giving)) {
      giving.isOutdated = false;
      await this.#giveOnce(giving);
    }
    if (this.#running.get(source) === giving) this.#running.delete(source);
  }

  async #giveOnce(giving: Giving): Promise<void> {
    const { source, media } = giving;
    const { open, isWanted, stateOf, tell } = this.#deps;
    if (stateOf(source) === 'off') tell(source, { state: 'starting' });
    try {
      const track = await open(source);
      this.#lost.delete(source);
      if (giving.isOutdated || this.#isOver(giving)) return track.stop();
      if (isWanted(source)) {
        await media.produce(source, track);
        // Not wanted any more by the time of the answer: a whisper that was beginning is not heard by the visitor.
        if (!this.#isOver(giving) && !isWanted(source)) await media.closeSource(source);
        return;
      }
      track.stop();
      tell(source, { state: 'off' });
    } catch (error) {
      if (giving.isOutdated || this.#isOver(giving)) return;
      if (error instanceof NotTaken && error.code === 'conflict' && source === 'microphone')
        return tell(source, { state: 'off', trouble: 'elsewhere' });
      // The call goes on without it, or with the one of before; the person is told why.
      const state = media.gives(source) ? stateOf(source) : 'off';
      const trouble = readDeviceTrouble(error);
      const isUnplugged = trouble === 'missing' && this.#lost.has(source);
      tell(source, { state, trouble: isUnplugged ? 'unplugged' : trouble });
    }
  }

  /** A join anew gives by itself what is wanted. */
  #isOver({ media }: Giving): boolean {
    return media !== this.#deps.media();
  }
}
