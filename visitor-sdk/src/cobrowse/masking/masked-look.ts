/**
 * How elements look whose content is not shown: grey boxes of the size that the visitor sees, with a mark for the
 * replay. The look travels with the element, so that nothing hidden can be taken for something empty.
 */

import { isMediaTag } from './element-tags.js';
import { fieldKindOf } from './field-kind.js';
import { MASKED_VALUE } from './mask-token.js';
import type { PageView } from './page-view.js';
import type { Pictures } from './pictures.js';
import { isValueShown } from './privacy-rules.js';
import type { Subject } from './subject.js';

export interface MaskedLook {
  readonly mark: 'field' | 'media' | 'block' | 'closed';
  /** Declarations that come after the element's own. */
  readonly style: string;
  /** What a field that shows text is shown with. */
  readonly value?: string;
}

const GREY = 'background:#c4c9d2;';
/** A field without its own drawing: a checkbox that is not drawn says nothing of its state. */
const FIELD = `${GREY}appearance:none;border-color:#a9b0bc;color:transparent;`;

/** Which attribute of a media element its image comes in. */
const addressNames: Readonly<Record<string, string>> = { img: 'src', video: 'poster', image: 'href' };

export class MaskedLooks {
  readonly #page: PageView;
  readonly #pictures: Pictures;

  constructor(page: PageView, pictures: Pictures) {
    this.#page = page;
    this.#pictures = pictures;
  }

  /** Undefined for an element that is shown as it is. */
  of(subject: Subject): MaskedLook | undefined {
    if (isMediaTag(subject.tag)) {
      return this.imageOf(subject) === undefined ? this.#boxed('media', GREY, subject) : undefined;
    }
    return this.#field(subject) ?? this.#closed(subject);
  }

  /** Content that nobody gives to us: an empty box would be taken for something empty. */
  #closed(subject: Subject): MaskedLook | undefined {
    return this.#page.isClosedToUs(subject.id) ? this.#boxed('closed', GREY, subject) : undefined;
  }

  block(subject: Subject): MaskedLook {
    return this.#boxed('block', GREY, subject);
  }

  /** The attribute an image is shown by, when it may be shown and has been fetched. */
  imageOf(subject: Subject): { readonly name: string; readonly reference: string } | undefined {
    const name = addressNames[subject.tag];
    if (name === undefined || !this.#page.isTextShown(subject.verdict)) return undefined;
    const address = this.#page.imageOf(subject.id);
    const reference = address === undefined ? undefined : this.#pictures.reference(address, subject.id);
    return reference === undefined ? undefined : { name, reference };
  }

  #field(subject: Subject): MaskedLook | undefined {
    const attribute = (name: string) => this.#page.attributeOf(subject.id, name) ?? '';
    const kind = fieldKindOf(subject.tag, attribute('type'));
    if (kind === undefined) return undefined;
    if (isValueShown(subject.verdict) && !this.#page.catchesValue(attribute('value'))) return undefined;
    const value = kind.showsText ? { value: MASKED_VALUE } : {};
    if (kind.sizedByContent) return { ...this.#boxed('field', FIELD, subject), ...value };
    return { mark: 'field', style: FIELD, ...value };
  }

  #boxed(mark: MaskedLook['mark'], style: string, subject: Subject): MaskedLook {
    const box = subject.isSvg ? undefined : this.#page.boxOf(subject.id);
    if (box === undefined || box.width === 0 || box.height === 0) return { mark, style };
    const size = `box-sizing:border-box;width:${pixels(box.width)};height:${pixels(box.height)};`;
    return { mark, style: style + (box.inline ? `display:inline-block;` : '') + size };
  }
}

function pixels(length: number): string {
  return `${Math.round(length * 100) / 100}px`;
}
