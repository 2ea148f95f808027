/** What a style sheet draws that is no text and no element of the page, and that a picture shows nevertheless. */

type Realm = Window & typeof globalThis;

const parts = ['::before', '::after'] as const;
const letters = /[\p{L}\p{N}]/u;
const quoted = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Whether text is drawn before or after an element: any where text is hidden, and where it is shown the words of an
 * attribute, of which only few are shown.
 */
export function drawsAttribute(
  element: Element,
  { window, isShown }: { readonly window: Realm; readonly isShown: boolean },
): boolean {
  return parts.some((part) => {
    const { content } = window.getComputedStyle(element, part);
    if (content === '' || content === 'none' || content === 'normal') return false;
    if (content.includes('url(')) return !isShown;
    const drawn = [...content.matchAll(quoted)].map(([, text = '']) => text).join('');
    if (!letters.test(drawn)) return false;
    return !isShown || [...element.attributes].some(({ value }) => value !== '' && drawn.includes(value));
  });
}

/** Whether a picture lies behind it, or around it. */
export function drawsPicture(element: Element, window: Realm): boolean {
  const { backgroundImage, borderImageSource, listStyleImage } = window.getComputedStyle(element);
  return [backgroundImage, borderImageSource, listStyleImage].some((each) => each.includes('url('));
}

/** How far the shadow of a text lies from it. */
export function shadowReach(element: Element, window: Realm): number {
  const { textShadow } = window.getComputedStyle(element);
  if (textShadow === '' || textShadow === 'none') return 0;
  const lengths = [...textShadow.matchAll(/(-?[\d.]+)px/g)].map(([, length]) => Math.abs(Number(length)));
  return lengths.reduce((sum, length) => sum + length, 0);
}
