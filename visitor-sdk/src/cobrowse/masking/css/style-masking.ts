/** Masks style sheets as they come, remembers what each became, and shows them again when their images are there. */

import { parseAddress } from '../../page-address.js';
import type { CssAssetKind, CssEnvironment } from './css-declaration.js';
import type { CssJudge } from './css-judge.js';
import { maskRule, maskStyleAttribute, maskStyleProperty, maskStyleSheet } from './css-sheet.js';
import { CssVocabulary } from './css-vocabulary.js';

/** Where CSS gets images and fonts from; `pending` says that asking again later may be of use. */
export interface StyleAssets {
  reference(url: string, kind: CssAssetKind): string | 'pending' | undefined;
}

export interface StyleMaskingDeps {
  readonly judge: CssJudge;
  readonly assets: StyleAssets;
  /** Whether the images of style sheets are shown: only where the page's text is. Fonts always are. */
  readonly sheetImages: boolean;
  fragment(id: string): string;
}

export interface MaskedSheet {
  readonly text: string;
  /** Some image or font of it is still on its way. */
  readonly waits: boolean;
}

const MAX_REMEMBERED = 64;

export class StyleMasking {
  readonly vocabulary = new CssVocabulary();
  readonly #deps: StyleMaskingDeps;
  /** Masked sheets by their text: a page's sheets come again with every snapshot. */
  readonly #sheets = new Map<string, MaskedSheet>();

  constructor(deps: StyleMaskingDeps) {
    this.#deps = deps;
  }

  /** `base` is what the sheet's addresses are relative to, when it is not the page. */
  sheet(text: string, base?: string): MaskedSheet {
    const known = this.#sheets.get(text);
    if (known !== undefined) return known;
    const { environment, waits } = this.#environment({ images: this.#deps.sheetImages, base });
    const masked = { text: maskStyleSheet(text, environment), waits: waits.any };
    this.#remember(text, masked);
    return masked;
  }

  /** Sheets that waited are to be masked again. */
  forgetWaiting(): void {
    for (const [text, { waits }] of this.#sheets) if (waits) this.#sheets.delete(text);
  }

  rule(text: string): string {
    return maskRule(text, this.#environment({ images: this.#deps.sheetImages }).environment);
  }

  /** The declarations of one element's `style`; its images are shown only where the element's text is. */
  attribute(text: string, images: boolean): string {
    return maskStyleAttribute(text, this.#elementEnvironment(images));
  }

  property(name: string, value: string, images: boolean): string | undefined {
    return maskStyleProperty(name, value, this.#elementEnvironment(images));
  }

  isPropertyName(name: string): boolean {
    return name.startsWith('--')
      ? this.vocabulary.knows(`@${name}`)
      : this.#deps.judge.isValid(name, 'inherit');
  }

  /** An element has no names of its own: custom properties count only where a style sheet names them. */
  #elementEnvironment(images: boolean): CssEnvironment {
    const { environment } = this.#environment({ images });
    return { ...environment, isCustomProperty: (name) => this.vocabulary.knows(`@${name}`) };
  }

  #environment(shown: { readonly images: boolean; readonly base?: string | undefined }): {
    environment: CssEnvironment;
    waits: { any: boolean };
  } {
    const { judge, assets, fragment } = this.#deps;
    const waits = { any: false };
    const environment: CssEnvironment = {
      judge,
      vocabulary: this.vocabulary,
      asset: (url, kind) => {
        if (kind === 'image' && !shown.images) return undefined;
        const reference = assets.reference(resolve(url, shown.base), kind);
        waits.any ||= reference === 'pending';
        return reference === 'pending' ? undefined : reference;
      },
      isCustomProperty: () => true,
      fragment,
    };
    return { environment, waits };
  }

  #remember(text: string, masked: MaskedSheet): void {
    const oldest = this.#sheets.size >= MAX_REMEMBERED ? this.#sheets.keys().next().value : undefined;
    if (oldest !== undefined) this.#sheets.delete(oldest);
    this.#sheets.set(text, masked);
  }
}

function resolve(url: string, base: string | undefined): string {
  return base === undefined ? url : (parseAddress(url, base)?.href ?? url);
}
