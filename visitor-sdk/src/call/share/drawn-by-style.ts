/** What a style sheet draws that is no text and no element of the page, and that a picture shows nevertheless. */

type Realm = Window & typeof globalThis;

const letters = /[\p{L}\p{N}]/u;
const quoted = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Whether text is drawn before or after an element, or as its mark in a list: any where text is hidden, and where it
 * is shown the words of an attribute, of which only few are shown.
 */
export function drawsAttribute(
  element: Element,
  { window, isShown }: { readonly window: Realm; readonly isShown: boolean },
): boolean {
  return partsOf(element, window).some(({ style }) => {
    if (style.content.includes('url(')) return !isShown;
    const drawn = wordsOf(style);
    if (!letters.test(drawn)) return false;
    return !isShown || [...element.attributes].some(({ value }) => value !== '' && drawn.includes(value));
  });
}

/** Whether a picture lies behind it or its parts, around them, or gives them their shape. */
export function drawsPicture(element: Element, window: Realm): boolean {
  const styles = [window.getComputedStyle(element), ...partsOf(element, window).map(({ style }) => style)];
  return styles.some(holdsPicture);
}

/**
 * Whether words or a picture of its parts may lie elsewhere than in its box. Where exactly nobody tells: a part has no
 * box of its own that could be asked for.
 */
export function drawsElsewhere(element: Element, window: Realm): boolean {
  const parts = partsOf(element, window);
  const own = window.getComputedStyle(element);
  // A mark in a list stands before the box unless it is told to stand in it.
  const isOutside = own.display.includes('list-item') && own.listStylePosition !== 'inside';
  if (isOutside && own.listStyleImage.includes('url(')) return true;
  return parts.some(({ name, style }) => {
    // A tip that waits for the pointer is drawn by nobody yet; as soon as it is, it is found.
    if (style.visibility === 'hidden' || style.opacity === '0') return false;
    if (!letters.test(wordsOf(style)) && !holdsPicture(style)) return false;
    return name === '::marker' ? isOutside : own.display === 'contents' || strays(style);
  });
}

interface Part {
  readonly name: '::before' | '::after' | '::marker';
  readonly style: CSSStyleDeclaration;
}

/** The parts that are drawn at all. */
function partsOf(element: Element, window: Realm): readonly Part[] {
  const names = ['::before', '::after', '::marker'] as const;
  const isListed = window.getComputedStyle(element).display.includes('list-item');
  return names
    .filter((name) => name !== '::marker' || isListed)
    .map((name) => ({ name, style: window.getComputedStyle(element, name) }))
    .filter(({ style }) => !['', 'none', 'normal'].includes(style.content) && style.display !== 'none');
}

function wordsOf({ content }: CSSStyleDeclaration): string {
  return [...content.matchAll(quoted)].map(([, text = '']) => text).join('');
}

function holdsPicture(style: CSSStyleDeclaration): boolean {
  const { content, backgroundImage, borderImageSource, listStyleImage, maskImage } = style;
  const all = [content, backgroundImage, borderImageSource, listStyleImage, maskImage];
  return all.some((each) => each?.includes('url('));
}

/** Moved from where it would stand in its line. */
function strays(style: CSSStyleDeclaration): boolean {
  const { position, cssFloat, transform, translate, rotate, scale, offsetPath } = style;
  const { marginTop, marginRight, marginBottom, marginLeft } = style;
  return (
    isOther(position, 'static') ||
    [cssFloat, transform, translate, rotate, scale, offsetPath].some((each) => isOther(each, 'none')) ||
    [marginTop, marginRight, marginBottom, marginLeft].some((each) => each?.startsWith('-'))
  );
}

/** A browser that does not know a property does not tell of it. */
function isOther(value: string | undefined, usual: string): boolean {
  return value !== undefined && value !== '' && value !== usual;
}

/** How far the shadow of a text lies from it. */
export function shadowReach(element: Element, window: Realm): number {
  const { textShadow } = window.getComputedStyle(element);
  if (textShadow === '' || textShadow === 'none') return 0;
  const lengths = [...textShadow.matchAll(/(-?[\d.]+)px/g)].map(([, length]) => Math.abs(Number(length)));
  return lengths.reduce((sum, length) => sum + length, 0);
}
