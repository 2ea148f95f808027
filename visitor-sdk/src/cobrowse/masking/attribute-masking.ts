/** Masks the attributes of one element: the list first, then what the style sheets or a rule bring in. */

import {
  allowedAttribute,
  isAllowableAttribute,
  isColour,
  isLetterPlace,
  isPlainAttribute,
  isSvgPaint,
  LONGEST_ATTRIBUTE,
  plainAttribute,
} from './attribute-rules.js';
import type { StyleMasking } from './css/style-masking.js';
import { letterPlaces } from './drawn-text.js';
import { isDrawnText, isMediaTag } from './element-tags.js';
import { FieldSizes } from './field-sizes.js';
import type { MaskedAttribute, MaskedAttributes, MaskedStyle } from './masked-event.js';
import type { MaskedLook } from './masked-look.js';
import { MaskedLooks, PICTURE_ATTRIBUTE } from './masked-look.js';
import { maskMediaQuery } from './media-query.js';
import type { PageView } from './page-view.js';
import type { Pictures } from './pictures.js';
import { isValueShown } from './privacy-rules.js';
import type { RawRecord } from './raw-record.js';
import { asNumber, asRecord } from './raw-record.js';
import type { StandInIds } from './stand-in-ids.js';
import type { Subject } from './subject.js';
import { STATE_ATTRIBUTE } from './unseen-state.js';
import type { WithheldNames } from './withheld-names.js';

/** Tells the replay that something is not shown, and what: it draws these as grey boxes. */
export const MASKED_MARK = 'data-alongside-masked';
/** An image's address names the hash of its bytes; the replay asks for them. */
export const ASSET_SCHEME = 'alongside-asset:';

export interface AttributeSources {
  readonly page: PageView;
  readonly styles: StyleMasking;
  readonly pictures: Pictures;
  readonly withheld: WithheldNames;
  readonly ids: StandInIds;
}

const BARE_NUMBER = /^\s*-?\d{1,4}(?:\.\d{1,4})?\s*$/;
const PIXELS = /^\d{1,6}(?:\.\d{1,6})?px$/;
const sources = ['src', 'srcset', 'poster', 'href'];
const references = new Set(['href', 'xlink:href']);
const sized = ['style', 'size', 'cols', 'rows'];

export class AttributeMasking {
  readonly #sources: AttributeSources;
  readonly #looks: MaskedLooks;
  readonly #sizes = new FieldSizes();

  constructor(sources: AttributeSources) {
    this.#sources = sources;
    this.#looks = new MaskedLooks(sources.page, sources.pictures);
  }

  /** All attributes of an element that is shown for the first time. */
  all(subject: Subject, raw: RawRecord): MaskedAttributes {
    const shown = this.#list(subject, raw);
    this.#addChoice(subject, shown);
    if (raw.popover !== undefined) delete shown.hidden;
    Object.assign(shown, this.#knownState(subject));
    if (subject.tag === 'input' || subject.tag === 'select' || subject.tag === 'textarea') {
      if (isValueShown(subject.verdict)) this.#sources.page.fieldShown(subject.id);
    }
    const look = this.#looks.of(subject);
    if (look === undefined) return this.#withImage(shown, subject);
    const looking = withLook(shown, look);
    if (look.value === undefined) return looking;
    return this.#sizes.shown(subject.id, looking, subject.tag === 'textarea' && Boolean(raw.value));
  }

  /** The changed ones among the attributes; null says that one was removed. */
  changed(subject: Subject, raw: RawRecord): MaskedAttributes {
    const shown = this.#list(subject, raw);
    // What is drawn as a picture has its size in its style, which a change of the style must not take away.
    const isRedrawn =
      isMediaTag(subject.tag) && (sources.some((name) => name in raw) || isResized(subject, raw));
    if (isRedrawn) return { ...shown, ...this.picture(subject) };
    const look = sized.some((name) => name in raw) ? this.#looks.of(subject) : undefined;
    // Properties that changed one by one leave the look as it is; a style as a whole takes it away.
    const isWhole = 'style' in raw && (typeof raw.style !== 'object' || raw.style === null);
    const looking = look === undefined || !isWhole ? shown : withLook(shown, look);
    if (look?.value === undefined) return looking;
    // One by one, any of them could be its size.
    if ('style' in raw && !isWhole) delete looking.style;
    const kept = this.#sizes.changed(subject.id, looking);
    if ('style' in kept) return kept;
    // The look goes along with a style.
    const { value: _value, [MASKED_MARK]: _mark, ...rest } = kept;
    return rest;
  }

  /** An attribute looked at again, after a style sheet has named it. */
  again(subject: Subject, name: string): MaskedAttributes {
    const value = this.#sources.page.attributeOf(subject.id, name);
    return value === undefined ? {} : this.changed(subject, { [name]: value });
  }

  /** An empty box in the place of an element: its classes, for the layout, and its size. */
  box(subject: Subject, raw: RawRecord, mark: 'block' | 'media' = 'block'): MaskedAttributes {
    const classes = this.#one(subject, 'class', raw.class);
    const shown: MaskedAttributes = typeof classes === 'string' && classes !== '' ? { class: classes } : {};
    return withLook(shown, this.#looks.box(mark, subject));
  }

  /** Where the letters of a drawn text stand, after what it says has become another thing to show. */
  letterPlaces(subject: Subject): MaskedAttributes {
    const shown: MaskedAttributes = {};
    for (const name of letterPlaces) {
      const value = this.#sources.page.attributeOf(subject.id, name);
      if (value !== undefined && isLetterPlace(name, value))
        shown[name] = this.#text(subject, name, value) ?? null;
    }
    return shown;
  }

  /** What an image shows once it has been drawn or fetched. */
  picture(subject: Subject): MaskedAttributes {
    const style = this.#sources.page.attributeOf(subject.id, 'style');
    const shown: MaskedAttributes = { style: style === undefined ? '' : (this.#style(style, false) ?? '') };
    // What could be shown a moment ago must not stand there any more: a poster would cover the film.
    const isMoving = subject.tag === 'canvas' || subject.tag === 'video';
    if (isMoving) shown[PICTURE_ATTRIBUTE] = null;
    if (subject.tag === 'video') shown.poster = null;
    const look = this.#looks.of(subject);
    return look === undefined
      ? { ...this.#withImage(shown, subject), [MASKED_MARK]: null }
      : withLook(shown, look);
  }

  /** What has the focus or lies in the top layer is so without any attribute telling. */
  state(subject: Subject): MaskedAttributes {
    return { [STATE_ATTRIBUTE]: null, ...this.#knownState(subject) };
  }

  /** Whether a style sheet is in use, which a script may change without any attribute telling. */
  sheet(subject: Subject, isDisabled: boolean): MaskedAttributes {
    const media = this.#sources.page.attributeOf(subject.id, 'media');
    return { media: isDisabled ? 'not all' : media === undefined ? null : maskMediaQuery(media) };
  }

  #knownState(subject: Subject): MaskedAttributes {
    const words = this.#sources.page.stateOf(subject.id, isValueShown(subject.verdict));
    return words === '' ? {} : { [STATE_ATTRIBUTE]: words };
  }

  #withImage(shown: MaskedAttributes, subject: Subject): MaskedAttributes {
    const isImage = isMediaTag(subject.tag) || this.#looks.isImageButton(subject);
    const image = isImage ? this.#looks.imageOf(subject) : undefined;
    if (image === undefined) return shown;
    const named = { ...shown, [image.name]: ASSET_SCHEME + image.reference };
    if (image.style === '') return named;
    return { ...named, style: (typeof shown.style === 'string' ? shown.style : '') + image.style };
  }

  #list(subject: Subject, raw: RawRecord): MaskedAttributes {
    const shown: MaskedAttributes = {};
    for (const name of Object.keys(raw)) {
      const value = this.#one(subject, name, raw[name]);
      if (value !== undefined && isShortEnough(name, value)) shown[name] = value;
    }
    return shown;
  }

  #one(subject: Subject, name: string, value: unknown): MaskedAttribute | undefined {
    if (name.startsWith('rr_')) return this.#internal(subject, name, value);
    if (name === 'style') return this.#style(value, this.#showsImages(subject));
    if (value === null) return this.#isShowable(subject, name) ? null : undefined;
    if (value === true && isValueShown(subject.verdict))
      return allowedAttribute(name, '') === undefined ? undefined : true;
    return typeof value === 'string' ? this.#text(subject, name, value) : undefined;
  }

  #text(subject: Subject, name: string, value: string): MaskedAttribute | undefined {
    const { styles, page } = this.#sources;
    if (name === 'class') return this.#classes(subject, value);
    if (name === 'id') return this.#id(subject, value);
    if (name === 'value') return this.#value(subject, value);
    if (name === 'media' && (subject.tag === 'style' || subject.tag === 'link')) return maskMediaQuery(value);
    if (references.has(name)) return this.#reference(subject, value);
    // The names of a component's slots are part of its code; any other word is not.
    if (name === 'slot' || (name === 'name' && subject.tag === 'slot')) {
      return page.isSlotted(subject.id) ? value : undefined;
    }
    if (subject.isSvg && isSvgPaint(name)) {
      // An attribute of a drawing needs no unit where a style does.
      return styles.property(name, value, false) ?? (BARE_NUMBER.test(value) ? value : undefined);
    }
    const named = isColour(name) && /^\s*[a-z]+\s*$/i.test(value) && styles.property('color', value, false);
    if (named) return named;
    const isPlace = subject.isSvg && isDrawnText(subject.tag) && isLetterPlace(name, value);
    // No more places than letters: a list that was there first would tell how many of them are to come.
    const most = isPlace ? page.lettersShown(subject.id) : undefined;
    if (most === 0) return undefined;
    const plain = plainAttribute(name, firstOf(value, most), subject.isSvg);
    if (plain !== undefined || isPlainAttribute(name, subject.isSvg)) return plain;
    if (isValueShown(subject.verdict) && isAllowableAttribute(name)) {
      return this.#sources.page.catches(value) ? undefined : allowedAttribute(name, value);
    }
    return this.#fromSelectors(subject, name, value);
  }

  #classes(subject: Subject, value: string): string {
    const { styles, withheld } = this.#sources;
    const shown = styles.vocabulary.shownClasses(value);
    for (const token of value.split(/[ \t\n\r\f]+/)) {
      if (token !== '' && !styles.vocabulary.knows(`.${token}`)) withheld.note(`.${token}`, subject.id);
    }
    withheld.note('[class', subject.id);
    return shown;
  }

  #id(subject: Subject, value: string): string {
    const { styles, withheld, ids } = this.#sources;
    const shown = styles.vocabulary.shownId(value);
    if (shown === undefined) withheld.note(`#${value}`, subject.id);
    return shown ?? ids.standIn(value);
  }

  /** The value of a masked field never changes for the agent, so that typing shows as nothing at all. */
  #value(subject: Subject, value: string): string | undefined {
    const shown = isValueShown(subject.verdict) && !this.#sources.page.catchesValue(value);
    return shown ? value : undefined;
  }

  /** A link looks like one; where it leads stays here. Parts of an image may point at one another. */
  #reference(subject: Subject, value: string): string | undefined {
    if (subject.tag === 'a' || subject.tag === 'area') return subject.isSvg ? undefined : '#';
    const fragment = subject.isSvg && value.startsWith('#') ? value.slice(1) : '';
    return fragment === '' ? undefined : `#${this.#sources.ids.standIn(fragment)}`;
  }

  #fromSelectors(subject: Subject, name: string, value: string): string | undefined {
    // In what somebody types or chooses, a state such as `data-state="checked"` is the value.
    if (subject.verdict.typed && !isValueShown(subject.verdict)) return undefined;
    const shown = this.#sources.styles.vocabulary.shownAttribute(name, value);
    if (shown === undefined && /^[a-z][\w-]{0,60}$/.test(name))
      this.#sources.withheld.note(`[${name}`, subject.id);
    return shown;
  }

  #isShowable(subject: Subject, name: string): boolean {
    const { vocabulary } = this.#sources.styles;
    return (
      name === 'class' ||
      name === 'id' ||
      isPlainAttribute(name, subject.isSvg) ||
      (isAllowableAttribute(name) && isValueShown(subject.verdict)) ||
      vocabulary.shownAttribute(name, '') !== undefined
    );
  }

  #style(value: unknown, images: boolean): MaskedAttribute | undefined {
    const { styles } = this.#sources;
    if (value === null || typeof value === 'string')
      return value === null ? null : styles.attribute(value, images);
    const properties = asRecord(value);
    if (properties === undefined) return undefined;
    const shown: Record<string, MaskedStyle> = {};
    for (const [name, changed] of Object.entries(properties)) {
      const masked = this.#styleChange(name, changed, images);
      if (masked !== undefined) shown[name] = masked;
    }
    return Object.keys(shown).length === 0 ? undefined : shown;
  }

  #styleChange(name: string, changed: unknown, images: boolean): MaskedStyle | undefined {
    if (!/^-{0,2}[a-z][\w-]{0,60}$/i.test(name)) return undefined;
    if (changed === false) return this.#sources.styles.isPropertyName(name) ? false : undefined;
    const [value, priority]: readonly unknown[] = Array.isArray(changed) ? changed : [changed, ''];
    if (typeof value !== 'string') return undefined;
    const masked = this.#sources.styles.property(name, value, images);
    if (masked === undefined) return undefined;
    return priority === 'important' ? [masked, 'important'] : masked;
  }

  #showsImages(subject: Subject): boolean {
    return this.#sources.page.isTextShown(subject.verdict);
  }

  /** What the format has for rrweb's replayer. */
  #internal(subject: Subject, name: string, value: unknown): MaskedAttribute | undefined {
    switch (name) {
      case 'rr_width':
      case 'rr_height':
        return typeof value === 'string' && PIXELS.test(value) ? value : undefined;
      case 'rr_scrollLeft':
      case 'rr_scrollTop':
        // How far a field is scrolled tells how long the text in it is.
        return subject.verdict.typed && !isValueShown(subject.verdict) ? undefined : asNumber(value);
      case 'rr_open_mode':
        return value === 'modal' || value === 'non-modal' ? value : undefined;
      case 'rr_mediaState':
        return value === 'played' || value === 'paused' ? value : undefined;
      case 'rr_mediaMuted':
      case 'rr_mediaLoop':
        return typeof value === 'boolean' ? value : undefined;
      case 'rr_mediaCurrentTime':
      case 'rr_mediaPlaybackRate':
      case 'rr_mediaVolume':
        return asNumber(value);
      default:
        return undefined;
    }
  }

  /** What is chosen now; the markup says something else. */
  #addChoice(subject: Subject, shown: MaskedAttributes): void {
    if (!isValueShown(subject.verdict)) return;
    const isChosen = this.#sources.page.isChosen(subject.id);
    if (subject.tag === 'option' && isChosen) shown.selected = true;
    if (subject.tag !== 'input') return;
    delete shown.checked;
    if (isChosen) shown.checked = true;
  }
}

function firstOf(list: string, most: number | undefined): string {
  return most === undefined
    ? list
    : list
        .trim()
        .split(/[\s,]+/, most)
        .join(' ');
}

function isResized({ tag }: Subject, raw: RawRecord): boolean {
  return tag !== 'img' && ['style', 'width', 'height', 'class'].some((name) => name in raw);
}

/** The console refuses longer ones, and with them everything around them; styles are measured apart. */
function isShortEnough(name: string, value: MaskedAttribute): boolean {
  return (
    typeof value !== 'string' || value.length <= LONGEST_ATTRIBUTE || name === 'style' || name === '_cssText'
  );
}

function withLook(shown: MaskedAttributes, look: MaskedLook): MaskedAttributes {
  const own = typeof shown.style === 'string' ? shown.style : '';
  const value = look.value === undefined ? {} : { value: look.value };
  return { ...shown, ...value, style: own + look.style, [MASKED_MARK]: look.mark };
}
