/** The element that everything of ours lives in: one closed shadow root, outside the page's layout. */

const HOST_TAG = 'alongside-help';

/** Taken before the page's later scripts can replace it. */
const attach = typeof Element === 'undefined' ? undefined : Element.prototype.attachShadow;

export interface ShadowHost {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
}

/**
 * The host hangs beside the body, so that no rule about the body's children counts it. Page rules cannot move it:
 * in a shadow tree `!important` rules on the host win over the page's.
 */
export function createShadowHost(css: string): ShadowHost {
  const host = document.createElement(HOST_TAG);
  const root = (attach ?? host.attachShadow).call(host, { mode: 'closed' });
  addStyles(root, css);
  document.documentElement.append(host);
  return { host, root };
}

/** Constructed sheets are not inline styles: the strictest `style-src` allows them. */
export function addStyles(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
