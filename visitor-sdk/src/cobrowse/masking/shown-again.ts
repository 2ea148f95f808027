/** Shows again what something outside the page's tree has changed: an image that came, a state, a style sheet. */

import type { AttributeMasking } from './attribute-masking.js';
import type { StyleMasking } from './css/style-masking.js';
import type { MaskedAttributes, MaskedEvent, MaskedIncrement } from './masked-event.js';
import type { NodeMasking } from './node-masking.js';
import type { PageView } from './page-view.js';
import type { Pictures } from './pictures.js';
import { isValueShown } from './privacy-rules.js';
import type { SheetMasking } from './sheet-masking.js';
import { mutation } from './sheet-masking.js';
import type { WithheldNames } from './withheld-names.js';

export interface ShownAgainSources {
  readonly page: PageView;
  readonly styles: StyleMasking;
  readonly pictures: Pictures;
  readonly withheld: WithheldNames;
  readonly attributes: AttributeMasking;
  readonly sheets: SheetMasking;
  readonly nodes: NodeMasking;
  now(): number;
  /** Something could not be masked, and is not shown. */
  onFailed(): void;
}

export class ShownAgain {
  readonly #sources: ShownAgainSources;
  /** What each image was last shown as: it is drawn again far more often than it changes. */
  readonly #drawn = new Map<number, string>();

  constructor(sources: ShownAgainSources) {
    this.#sources = sources;
  }

  /** The whole page is shown anew. */
  forget(): void {
    this.#drawn.clear();
  }

  /** Shows the elements that waited for the image at this address. */
  imageSettled(address: string): readonly MaskedEvent[] {
    return this.#guarded(() => this.#picturesAgain(this.#sources.pictures.settled(address)));
  }

  /** Shows the style sheets that waited for images and fonts, once no more are on their way. */
  assetsSettled(): readonly MaskedEvent[] {
    return this.#guarded(() => this.#sources.sheets.refreshed());
  }

  /** Shows an image again after it was drawn, with the size it has now. */
  pictureDrawn(id: number): readonly MaskedEvent[] {
    return this.#guarded(() => {
      const changes = this.#picturesAgain([id]);
      const shown = JSON.stringify(changes);
      if (this.#drawn.get(id) === shown) return [];
      this.#drawn.set(id, shown);
      return changes;
    });
  }

  /** Shows a state that the browser changes no attribute for, and what it means for the elements around. */
  stateChanged(id: number): readonly MaskedEvent[] {
    return this.#guarded(() => {
      const changes = [id, ...this.#sources.page.hostsOf(id)].map((each) =>
        this.#changeOf(each, (subject) => this.#sources.attributes.state(subject)),
      );
      return attributeMutation(changes);
    });
  }

  /** Shows which options of a list are chosen, where several may be. */
  choicesChanged(id: number): readonly MaskedEvent[] {
    return this.#guarded(() => {
      const { page } = this.#sources;
      if (!isValueShown(page.verdictOf(id))) return [];
      const changes = page
        .choicesOf(id)
        .map((choice) => ({ id: choice.id, attributes: { selected: choice.isChosen ? '' : null } }));
      return attributeMutation(changes);
    });
  }

  /** Shows whether a style sheet is in use. */
  sheetSwitched(id: number, isDisabled: boolean): readonly MaskedEvent[] {
    return this.#guarded(() =>
      attributeMutation([
        this.#changeOf(id, (subject) => this.#sources.attributes.sheet(subject, isDisabled)),
      ]),
    );
  }

  /** Shows a style sheet that another address has been loaded into. */
  sheetLoaded(id: number, text: string): readonly MaskedEvent[] {
    const shown = this.#guarded(() =>
      attributeMutation([{ id, attributes: { _cssText: this.#sources.sheets.inElement(id, text) } }]),
    );
    return [...shown, ...this.nowNamed(this.#sources.now())];
  }

  /** Shows a style sheet of another origin that has been read. */
  foreignSheet(id: number, sheet: { readonly text: string; readonly base: string }): readonly MaskedEvent[] {
    const shown = this.#guarded(() => {
      const css = this.#sources.sheets.inElement(id, sheet.text, sheet.base);
      return [mutation({ attributes: [{ id, attributes: { _cssText: css } }] })];
    });
    return [...shown, ...this.nowNamed(this.#sources.now())];
  }

  /** Elements whose classes, ids or attributes a style sheet has just named. */
  nowNamed(timestamp: number): readonly MaskedEvent[] {
    const fresh = this.#sources.styles.vocabulary.takeFresh();
    const withheld = fresh.length === 0 ? [] : this.#sources.withheld.take(fresh);
    const changes = withheld.map(({ id, attribute }) =>
      this.#changeOf(id, (subject) => this.#sources.attributes.again(subject, attribute)),
    );
    return attributeMutation(changes).map((data) => ({ type: 3, data, timestamp }));
  }

  #picturesAgain(ids: readonly number[]): readonly MaskedIncrement[] {
    const changes = ids.map((id) =>
      this.#changeOf(id, (subject) => this.#sources.attributes.picture(subject)),
    );
    return attributeMutation(changes);
  }

  #changeOf(
    id: number,
    show: (subject: ReturnType<NodeMasking['subject']>) => MaskedAttributes,
  ): { id: number; attributes: MaskedAttributes } | undefined {
    const { page } = this.#sources;
    const tag = page.tagOf(id);
    const { exposure } = page.verdictOf(id);
    if (tag === undefined || exposure === 'excluded' || exposure === 'blocked') return undefined;
    const attributes = show(this.#sources.nodes.subject(id, tag, page.isSvg(id)));
    return Object.keys(attributes).length === 0 ? undefined : { id, attributes };
  }

  #guarded(make: () => readonly MaskedIncrement[]): readonly MaskedEvent[] {
    try {
      const timestamp = this.#sources.now();
      return make().map((data) => ({ type: 3, data, timestamp }));
    } catch {
      this.#sources.onFailed();
      return [];
    }
  }
}

function attributeMutation(
  changes: readonly ({ readonly id: number; readonly attributes: MaskedAttributes } | undefined)[],
): readonly MaskedIncrement[] {
  const attributes = changes.filter((change) => change !== undefined);
  return attributes.length === 0 ? [] : [mutation({ attributes })];
}
