/** Puts what a frame of another origin shows into what was read of the page around, which cannot look into it. */

import type { Frame, Page } from '@playwright/test';
import type { ReadOptions, SeenNode, SeenPage } from './read-page.js';
import { readPage } from './read-page.js';

/** Such a frame has to be the last of its page: the places of elements are counted through. */
export const JOINED_FRAME = 'joined';

export async function graftFrames(seen: SeenPage, page: Page, options: ReadOptions): Promise<SeenPage> {
  const inner = await Promise.all(
    page
      .frames()
      .filter(isJoined)
      .map((frame) => frame.evaluate(readPage, options)),
  );
  const left = inner.filter((each) => each !== undefined);
  return left.length === 0 ? seen : { ...seen, root: grafted(seen.root, left) };
}

function isJoined(frame: Frame): boolean {
  return new URL(frame.url(), 'http://none.invalid').pathname === `/inner/${JOINED_FRAME}.html`;
}

function grafted(node: SeenNode, left: SeenPage[]): SeenNode {
  const children = node.children?.map((child) => grafted(child, left));
  const isFrame = node.name === 'iframe' && node.attributes?.class === JOINED_FRAME;
  const inner = isFrame ? left.shift() : undefined;
  if (inner === undefined) return children === undefined ? node : { ...node, children };
  return { ...node, children: [{ name: '#frame', children: inner.root.children ?? [] }] };
}
