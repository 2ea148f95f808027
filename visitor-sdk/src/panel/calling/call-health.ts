/** How the call fares as the visitor sees it: how good the connection is, and who speaks. */

import type { CallQuality, PictureRation, Speaker, WatchedCall } from '@alongside/engagement';
import { CallWatch, callQualityOf } from '@alongside/engagement';
import { signal } from '@preact/signals';
import type { CallRoom } from '../../call/call-part.js';
import type { HeardTracks } from './heard-tracks.js';

export interface HeardCall extends Pick<WatchedCall, 'report'> {
  readonly room: CallRoom;
  readonly heard: HeardTracks;
  /** Whether the agent's picture has a place on the screen. */
  readonly isShown: () => boolean;
}

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

  begin({ room, heard, isShown, report }: HeardCall): void {
    this.#watch.begin({
      stats: () => room.stats(),
      waysMade: () => room.waysMade(),
      awaitsVoice: () => heard.voices.peek().some(({ producer }) => !producer.muted),
      awaitsPicture: () => isShown() && heard.picture.peek() !== undefined,
      awaitsScreen: () => heard.screens.peek().length > 0,
      voices: () => room.voices(),
      rationSent: (ration) => room.rationSent(ration),
      rationShown: (ration) => room.rationShown(ration),
      report,
    });
  }

  end(): void {
    this.#watch.end();
  }
}
