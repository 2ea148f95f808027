/** Masks style sheets as they come, remembers what each became, and shows them again when their images are there. */

import type { CssAssetKind, CssEnvironment } from './css-declaration.js';
import type { CssJudge } from './css-judge.js';
import { maskRule, maskStyleAttribute, maskStyleProperty, maskStyleSheet } from './css-sheet.js';
import { CssVocabulary } from './css-vocabulary.js';

/** Where CSS gets images and fonts from; `pending` says that asking again later may be of use. */
export interface StyleAssets {
  reference(url: string, kind: CssAssetKind): string | 'pending' | undefined;
}

export interface MaskedSheet {
  readonly text: string;
  /** Some image or font of it is still on its way. */
  readonly waits: boolean;
}

const MAX_REMEMBERED = 64;

export class StyleMasking {
  readonly vocabulary = new CssVocabulary();
  readonly #judge: CssJudge;
  readonly #assets: StyleAssets;
  readonly #fragment: (id: string) => string;
  /** Finished sheets by their text: a page's sheets come again with every snapshot. */
  readonly #sheets = new Map<string, string>();

  constructor(judge: CssJudge, assets: StyleAssets, fragment: (id: string) => string) {
    this.#judge = judge;
    this.#assets = assets;
    this.#fragment = fragment;
  }

  /** `base` is what the sheet's addresses are relative to, when it is not the page. */
  sheet(text: string, base?: string): MaskedSheet {
    const known = this.#sheets.get(text);
    if (known !== undefined) return { text: known, waits: false };
    const { environment, waits } = this.#environment(base);
    const masked = maskStyleSheet(text, environment);
    if (!waits.any) this.#remember(text, masked);
    return { text: masked, waits: waits.any };
  }

  rule(text: string): string {
    return maskRule(text, this.#environment().environment);
  }

  /** The declarations of one element's `style`. */
  attribute(text: string): string {
    return maskStyleAttribute(text, this.#elementEnvironment());
  }

  property(name: string, value: string): string | undefined {
    return maskStyleProperty(name, value, this.#elementEnvironment());
  }

  isPropertyName(name: string): boolean {
    return name.startsWith('--') ? this.vocabulary.knows(`@${name}`) : this.#judge.isValid(name, 'inherit');
  }

  /** An element has no names of its own: custom properties count only where a style sheet names them. */
  #elementEnvironment(): CssEnvironment {
    const { environment } = this.#environment();
    return { ...environment, isCustomProperty: (name) => this.vocabulary.knows(`@${name}`) };
  }

  #environment(base?: string): { environment: CssEnvironment; waits: { any: boolean } } {
    const waits = { any: false };
    const environment: CssEnvironment = {
      judge: this.#judge,
      vocabulary: this.vocabulary,
      asset: (url, kind) => {
        const reference = this.#assets.reference(resolve(url, base), kind);
        waits.any ||= reference === 'pending';
        return reference === 'pending' ? undefined : reference;
      },
      fragment: this.#fragment,
      isCustomProperty: () => true,
    };
    return { environment, waits };
  }

  #remember(text: string, masked: string): void {
    const oldest = this.#sheets.size >= MAX_REMEMBERED ? this.#sheets.keys().next().value : undefined;
    if (oldest !== undefined) this.#sheets.delete(oldest);
    this.#sheets.set(text, masked);
  }
}

function resolve(url: string, base: string | undefined): string {
  if (base === undefined || !URL.canParse(url, base)) return url;
  return new URL(url, base).href;
}
