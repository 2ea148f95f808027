/**
 * How elements look whose content is not shown: grey boxes of the size that the visitor sees, with a mark for the
 * replay. The look travels with the element, so that nothing hidden can be taken for something empty.
 */

import { isMediaTag, mayBeClosed } from './element-tags.js';
import { fieldKindOf } from './field-kind.js';
import { MASKED_VALUE } from './mask-token.js';
import type { Box, PageView } from './page-view.js';
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

export interface ShownImage {
  /** The attribute that names it. */
  readonly name: string;
  readonly reference: string;
  /** Declarations that come after the element's own. */
  readonly style: string;
}

const GREY = 'background:#c4c9d2;';
/** A field without its own drawing: a checkbox that is not drawn says nothing of its state. */
const FIELD = `${GREY}appearance:none;border-color:#a9b0bc;color:transparent;`;

/** Which attribute of a media element its image comes in. */
const addressNames: Readonly<Record<string, string>> = {
  img: 'src',
  video: 'poster',
  image: 'href',
  input: 'src',
};
/** Names the last picture of something that moves; the replay draws it where the element is. */
export const PICTURE_ATTRIBUTE = 'data-alongside-picture';

export class MaskedLooks {
  readonly #page: PageView;
  readonly #pictures: Pictures;

  constructor(page: PageView, pictures: Pictures) {
    this.#page = page;
    this.#pictures = pictures;
  }

  /** Undefined for an element that is shown as it is. */
  of(subject: Subject): MaskedLook | undefined {
    if (isMediaTag(subject.tag) || this.isImageButton(subject)) {
      return this.imageOf(subject) === undefined ? this.#boxed('media', GREY, subject) : undefined;
    }
    return mayBeClosed(subject.tag) ? this.#closed(subject) : this.#field(subject);
  }

  /** Content that nobody gives to us: an empty box would be taken for something empty. */
  #closed(subject: Subject): MaskedLook | undefined {
    return this.#page.isClosedToUs(subject.id) ? this.#boxed('closed', GREY, subject) : undefined;
  }

  box(mark: 'block' | 'media', subject: Subject): MaskedLook {
    return this.#boxed(mark, GREY, subject);
  }

  /** A button that is drawn from an image. */
  isImageButton({ id, tag }: Subject): boolean {
    return tag === 'input' && /^\s*image\s*$/i.test(this.#page.attributeOf(id, 'type') ?? '');
  }

  /** Content that moves may be anything, a signature or a face: only a rule that allows values shows it. */
  #movingOf({ id, tag, verdict }: Subject): ShownImage | undefined {
    if ((tag !== 'canvas' && tag !== 'video') || !isValueShown(verdict)) return undefined;
    this.#page.movingShown(id);
    const reference = this.#page.pictureOf(id);
    const box = reference === undefined ? undefined : this.#page.boxOf(id);
    return reference === undefined || box === undefined
      ? undefined
      : { name: PICTURE_ATTRIBUTE, reference, style: sizeOf(box) };
  }

  /** The attribute an image is shown by, when it may be shown and has been fetched. */
  imageOf(subject: Subject): ShownImage | undefined {
    const moving = this.#movingOf(subject);
    if (moving !== undefined) return moving;
    const name = addressNames[subject.tag];
    if (name === undefined || !this.#page.isTextShown(subject.verdict)) return undefined;
    const address = this.#page.imageOf(subject.id);
    const reference = address === undefined ? undefined : this.#pictures.reference(address, subject.id);
    return reference === undefined ? undefined : { name, reference, style: '' };
  }

  #field(subject: Subject): MaskedLook | undefined {
    const attribute = (name: string) => this.#page.attributeOf(subject.id, name) ?? '';
    const kind = fieldKindOf(subject.tag, attribute('type'));
    if (kind === undefined) return this.#gauge(subject);
    if (isValueShown(subject.verdict) && !this.#page.catchesValue(attribute('value'))) return undefined;
    const value = kind.showsText ? { value: MASKED_VALUE } : {};
    if (kind.sizedByContent) return { ...this.#boxed('field', FIELD, subject), ...value };
    return { mark: 'field', style: FIELD, ...value };
  }

  /** How far something is would show as nothing done at all. */
  #gauge(subject: Subject): MaskedLook | undefined {
    const isGauge = subject.tag === 'progress' || subject.tag === 'meter';
    return isGauge && !isValueShown(subject.verdict) ? this.#boxed('field', FIELD, subject) : undefined;
  }

  #boxed(mark: MaskedLook['mark'], style: string, subject: Subject): MaskedLook {
    // Parts of a drawing are measured in its own units.
    const box = subject.isSvg && subject.tag !== 'svg' ? undefined : this.#page.boxOf(subject.id);
    if (box === undefined || box.width === 0 || box.height === 0) return { mark, style };
    return { mark, style: style + sizeOf(box) };
  }
}

/** Without its content an element in a line of text would have no size. */
function sizeOf({ width, height, inline }: Box): string {
  const display = inline ? 'display:inline-block;' : '';
  return `${display}box-sizing:border-box;width:${pixels(width)};height:${pixels(height)};`;
}

function pixels(length: number): string {
  return `${Math.round(length * 100) / 100}px`;
}
