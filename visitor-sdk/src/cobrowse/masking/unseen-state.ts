/**
 * States of elements that no attribute tells of, and that style sheets ask for all the same: what has the focus,
 * which popover is open, how the visitor's device wants pages to look. They travel as words of one attribute.
 */

import type { PristineDom } from './pristine-dom.js';

export const STATE_ATTRIBUTE = 'data-alongside-state';

export interface StateSources {
  readonly dom: PristineDom;
  readonly window: Window & typeof globalThis;
  matches(element: Element, selector: string): boolean;
}

/** What the visitor's device prefers, by the words that the replay knows. */
const preferences = [
  ['dark', '(prefers-color-scheme: dark)'],
  ['less-motion', '(prefers-reduced-motion: reduce)'],
  ['more-contrast', '(prefers-contrast: more)'],
  ['coarse', '(pointer: coarse)'],
  ['no-hover', '(hover: none)'],
] as const;

/** The media queries whose change makes the page look otherwise. */
export function preferenceQueries(window: Window): readonly MediaQueryList[] {
  return preferences.map(([, query]) => window.matchMedia(query));
}

/** The words for an element, or an empty text; what somebody chose counts only where values are shown. */
export function unseenState(element: Element, isValueShown: boolean, sources: StateSources): string {
  const { dom, window, matches } = sources;
  const root = dom.shadowRoot(element);
  // Nearly every element of a page ends here: a snapshot asks for all of them.
  if (!root?.activeElement && !matches(element, ':is(html, :focus, [popover], input:indeterminate)'))
    return '';
  const is = (selector: string) => matches(element, selector);
  const tag = dom.localName(element);
  const words: string[] = [];
  if (tag === 'html') {
    words.push(...preferences.filter(([, query]) => window.matchMedia(query).matches).map(([word]) => word));
  }
  if (is(':focus')) words.push('focus');
  if (is(':focus-visible')) words.push('focus-visible');
  if (root?.activeElement) words.push('focus-inside');
  if (dom.attribute(element, 'popover') !== null) {
    words.push(is(':popover-open') ? 'popover-open' : 'popover');
  }
  if (tag === 'input' && isValueShown && is(':indeterminate') && isCheckbox(element))
    words.push('indeterminate');
  return words.join(' ');
}

/** A group of radio buttons without a choice counts as indeterminate as well, by itself. */
function isCheckbox(element: Element): boolean {
  return (element as HTMLInputElement).type === 'checkbox';
}
