/** Which channels have reached the other side, held against which were meant to. */

import type { AgentPage } from '../../agent/agent-page.js';
import type { Stage } from './channel.js';
import type { Canaries } from './channels.js';
import { channels } from './channels.js';
import { pictureSize } from './proof-page.js';
import { readReceived } from './received.js';

/** Their arrival is seen at the visitor's page, in the call or by its size, and not as text in the replay. */
const seenOtherwise = new Set([
  'body of a picture behind a cookie',
  'drawn by the agent',
  'name of the stream in the media parameters',
  'sound in tones',
  'picture in squares',
]);

export class Arrivals {
  readonly #canaries: Canaries;
  readonly #arrived = new Set<string>();

  constructor(canaries: Canaries) {
    this.#canaries = canaries;
  }

  /** It was seen at the other side by another way than the replay. */
  note(channel: string): void {
    this.#arrived.add(channel);
  }

  /** Looks at all that the agent could read at this moment. */
  async read(agent: AgentPage): Promise<void> {
    const { text, pictures } = await readReceived(agent);
    for (const { channel, token } of this.#canaries.all) {
      if (!seenOtherwise.has(channel) && text.includes(token)) this.#arrived.add(channel);
    }
    if (pictures.includes(`${pictureSize.width}x${pictureSize.height}`))
      this.#arrived.add('body of a picture behind a cookie');
  }

  has(channel: string): boolean {
    return this.#arrived.has(channel);
  }

  /** Meant to travel in these stages, and not seen to. */
  missing(stages: ReadonlySet<Stage>): readonly string[] {
    return channels
      .filter(({ name, stage, travels }) => travels && stages.has(stage) && !this.#arrived.has(name))
      .map(({ name }) => name);
  }

  /** Seen by the agent though the masking, or the end of the consent, should have kept it back. */
  get strays(): readonly string[] {
    return channels
      .filter(({ name, travels }) => !travels && this.#arrived.has(name))
      .map(({ name }) => name);
  }
}
