/** How the call fares as the visitor sees it: how good the connection is, and who speaks. */

import type { CallQuality, PictureRation, Speaker, WatchedCall } from '@alongside/engagement';
import { CallWatch, callQualityOf } from '@alongside/engagement';
import { signal } from '@preact/signals';

export class CallHealth {
  readonly speakers = signal<readonly Speaker[]>([]);
  readonly quality = signal<CallQuality>({ causes: [] });
  /** How much of the visitor's picture their line bears. */
  readonly ration = signal<PictureRation>('all');
  /** The agent's picture is awaited and does not move. */
  readonly isStill = signal(false);
  readonly #watch = new CallWatch({
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return () => clearInterval(timer);
    },
    nowMs: () => performance.now(),
    onMeasured: (measured) => {
      this.quality.value = callQualityOf(measured);
    },
    onRation: (ration) => {
      this.ration.value = ration;
    },
    onStill: (isStill) => {
      this.isStill.value = isStill;
    },
    onSpeaks: (speakers) => {
      this.speakers.value = speakers;
    },
  });

  begin(call: WatchedCall): void {
    this.#watch.begin(call);
  }

  end(): void {
    this.#watch.end();
  }
}
