/**
 * What the service is told of the consent to a screen, one word after the other: a yes that is still being taken down
 * when it is taken back would otherwise be in force afterwards, and one that comes too early would not be recorded.
 */

import type { CommandValues, Reply, SharedSurface } from '@alongside/protocol';
import { unattended } from '../../embedding/page-guard.js';
import { insist } from '../sharing/insist.js';

export type TellConsent = (body: {
  readonly source: 'screen';
  readonly granted: boolean;
  readonly surface?: SharedSurface;
}) => Promise<Reply<CommandValues['call:consent']> | undefined>;

export class ScreenConsent {
  readonly #tell: TellConsent;
  #telling: Promise<void> | undefined;

  constructor(tell: TellConsent) {
    this.#tell = tell;
  }

  /** Something is being told of, or waits for its turn. */
  get isTelling(): boolean {
    return this.#telling !== undefined;
  }

  /** Whether it is in force and still wanted; what is not wanted any more is taken back. */
  give(surface: SharedSurface, isWanted: () => boolean): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!isWanted()) return false;
      const told = await this.#tell({ source: 'screen', granted: true, surface });
      if (isWanted()) return told?.ok === true;
      if (told?.ok === true) await this.#withdraw();
      return false;
    });
  }

  takeBack(): void {
    unattended(this.#inTurn(() => this.#withdraw()));
  }

  #withdraw(): Promise<void> {
    // Without a session there is nothing that could be in force.
    return insist(async () => (await this.#tell({ source: 'screen', granted: false })) ?? { ok: true });
  }

  /** At once where nothing is on its way: what is taken back waits for nobody. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const told = this.#telling === undefined ? act() : this.#telling.then(act);
    const end = (): void => {
      if (this.#telling === ended) this.#telling = undefined;
    };
    const ended: Promise<void> = told.then(end, end);
    this.#telling = ended;
    return told;
  }
}
