/**
 * How voice and picture are sent, from either side. A voice corrects losses in-band, is silent where nobody speaks and
 * comes first on the way out; a camera sends a small picture and a large one, each in three steps of fluency, so that
 * the server can pass on what the other side shows and its network bears. On 100 kbit/s the small one gives way to the
 * voice as far as it must. A screen is one picture, sharp rather than fluent, under a ceiling of its own.
 */

import type { MediaSource } from '@alongside/protocol';

/** What a screen takes at most; beside a voice that loses on a thin line the lesser ones leave room for it. */
export const screenBitrates = { all: 1_200_000, small: 150_000, none: 40_000 } as const;

const fluent = { scalabilityMode: 'L1T3' } as const;

export const callEncoding = {
  microphone: {
    encodings: [{ maxBitrate: 32_000, priority: 'high', networkPriority: 'high' }],
    codecOptions: { opusFec: true, opusDtx: true },
  },
  camera: {
    encodings: [
      { ...fluent, scaleResolutionDownBy: 2, maxBitrate: 120_000, priority: 'low', networkPriority: 'low' },
      { ...fluent, scaleResolutionDownBy: 1, maxBitrate: 900_000, priority: 'low', networkPriority: 'low' },
    ],
    codecOptions: { videoGoogleStartBitrate: 300 },
  },
  screen: {
    encodings: [{ maxBitrate: screenBitrates.all, priority: 'low', networkPriority: 'low' }],
    codecOptions: { videoGoogleStartBitrate: 600 },
  },
} as const satisfies Record<MediaSource, object>;
