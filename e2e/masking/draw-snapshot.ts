/**
 * Draws what was recorded of a page as the replay would, without the replay: where each element comes to lie is then the
 * page's own doing.
 */

import type { Page } from '@playwright/test';

export interface Drawn {
  readonly type: number;
  readonly tagName?: string;
  readonly isSVG?: true;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly textContent?: string;
  readonly childNodes?: readonly Drawn[];
}

/** `page` holds nothing else afterwards; elements of the head are drawn in the body. */
export async function drawSnapshot(page: Page, root: Drawn): Promise<void> {
  await page.setContent('<body style="margin:0"></body>');
  await page.evaluate((whole) => {
    const build = (node: Drawn, into: Element): void => {
      if (node.type === 3) into.append(node.textContent ?? '');
      const inner = node.type === 2 && !/^(?:html|head|body|meta)$/.test(node.tagName ?? '');
      let at = into;
      if (inner) {
        const space = node.isSVG ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml';
        at = document.createElementNS(space, node.tagName ?? 'div');
        for (const [name, value] of Object.entries(node.attributes ?? {})) {
          if (name === '_cssText') at.textContent = value;
          else at.setAttribute(name, value);
        }
        into.append(at);
      }
      for (const child of node.childNodes ?? []) build(child, at);
    };
    build(whole, document.body);
  }, root);
}
