/** What may be seen behind an agent, and how far it is. */

import type { Readable } from '../../../app/store.js';

export const backgrounds = ['asItIs', 'blurred', 'plain', 'picture'] as const;
export type Background = (typeof backgrounds)[number];
/** Until it is `drawn` the whole picture is covered; `slow` and `failed` last until the agent chooses again. */
export type BackgroundState = 'off' | 'preparing' | 'drawn' | 'slow' | 'failed';

export interface CoverOptions {
  readonly chosen: Readable<Background>;
  readonly onState: (state: BackgroundState) => void;
}
