/** Gives elements the states that came as words: open popovers, boxes between two states, chosen options. */

const STATE = 'data-alongside-state';

/** The browser's own ring around what has the focus, below everything that the page's sheets say. */
export const FOCUS_RING = `@layer alongside { [${STATE}~="focus-visible"] { outline: -webkit-focus-ring-color auto 1px } }`;

/** A browser adds controls to what it may not run scripts for; the page draws its own, or wants none. */
export const NO_OWN_CONTROLS = 'video:not([controls])::-webkit-media-controls { display: none !important }';

const ringed = new WeakSet<ShadowRoot>();

export function wordsOf(element: Element): ReadonlySet<string> {
  return new Set((element.getAttribute(STATE) ?? '').split(' '));
}

/** To be called after an element was built or one of its attributes changed. */
export function showState(element: Element): void {
  const words = wordsOf(element);
  const tag = element.localName;
  if (words.has('popover') || words.has('popover-open'))
    showPopover(element as HTMLElement, words.has('popover-open'));
  if (tag === 'input') (element as HTMLInputElement).indeterminate = words.has('indeterminate');
  if (tag === 'option') chooseOption(element as HTMLOptionElement);
  if (words.has('focus-visible')) ringInside(element.getRootNode());
}

function showPopover(element: HTMLElement, isOpen: boolean): void {
  // By hand, so that nothing but the visitor's own act opens or closes it.
  element.popover = 'manual';
  if (element.isConnected && element.matches(':popover-open') !== isOpen) element.togglePopover(isOpen);
}

function chooseOption(option: HTMLOptionElement): void {
  const list = option.closest('select');
  if (list?.multiple === true) option.selected = option.hasAttribute('selected');
}

/** A sheet of the document does not reach into a shadow root. */
function ringInside(root: Node): void {
  const view = root.ownerDocument?.defaultView;
  if (!view || !(root instanceof view.ShadowRoot) || ringed.has(root)) return;
  ringed.add(root);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(FOCUS_RING);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
