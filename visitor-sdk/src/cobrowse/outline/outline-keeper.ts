/** The stripes over what is hidden, from the press that asks for them to the one that has seen enough. */

import type { ControlPart } from '../control/control-part.js';
import type { PristineDom } from '../masking/pristine-dom.js';
import type { PrivacyRules } from '../masking/privacy-rules.js';
import type { AreaCounts, Outline } from './private-outline.js';

export interface OutlineKeeperDeps {
  readonly window: Window & typeof globalThis;
  /** What draws them is loaded late, as most never ask for it. */
  readonly part: () => Promise<ControlPart>;
  readonly isFrameShown: (frame: Element) => boolean;
}

export class OutlineKeeper {
  /** Excluded from recording by its identity; in the page while there are stripes only. */
  readonly host: HTMLElement;
  readonly #deps: OutlineKeeperDeps;
  #outline: Outline | undefined;
  #told: ((counts: AreaCounts) => void) | undefined;

  constructor(deps: OutlineKeeperDeps) {
    this.#deps = deps;
    this.host = deps.window.document.createElement('div');
  }

  async show(
    page: { readonly dom: PristineDom; readonly rules: PrivacyRules },
    onCounts: (counts: AreaCounts) => void,
  ): Promise<void> {
    this.hide();
    this.#told = onCounts;
    const { startOutline } = await this.#deps.part();
    // Meanwhile it may have been put away again.
    if (this.#told !== onCounts) return;
    const { window, isFrameShown } = this.#deps;
    this.#outline = startOutline({ ...page, window, host: this.host, isFrameShown, onCounts });
  }

  hide(): void {
    this.#told = undefined;
    this.#outline?.stop();
    this.#outline = undefined;
  }
}
