/** What the tabs of one origin tell each other. Any script of the page can speak there too, so nothing is taken as it is. */

import { tabLimits } from '@alongside/protocol';

export interface OpenTab {
  /** Random, and kept by the tab from page to page. */
  readonly id: number;
  /** When the tab was opened, and when its page was. */
  readonly bornAt: number;
  readonly loadedAt: number;
  /** As that tab's own rules mask them. */
  readonly title?: string;
  readonly path?: string;
}

export type TabMessage =
  | { readonly kind: 'here'; readonly tab: OpenTab }
  | { readonly kind: 'gone'; readonly id: number }
  | { readonly kind: 'who' }
  /** The tab that says so was shown, and is not any more, since another one came to the front. */
  | { readonly kind: 'behind' };

/** Undefined for what none of our tabs says. */
export function readTabMessage(value: unknown): TabMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, tab, id } = value as Record<string, unknown>;
  if (kind === 'who' || kind === 'behind') return { kind };
  if (kind === 'gone') return isTabId(id) ? { kind, id } : undefined;
  const read = kind === 'here' ? readTab(tab) : undefined;
  return read === undefined ? undefined : { kind: 'here', tab: read };
}

function readTab(value: unknown): OpenTab | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, bornAt, loadedAt, title, path } = value as Record<string, unknown>;
  if (!isTabId(id) || !Number.isFinite(bornAt) || !Number.isFinite(loadedAt)) return undefined;
  const isTitle = typeof title === 'string' && title.length <= tabLimits.titleLength;
  const isPath = typeof path === 'string' && path.length <= tabLimits.pathLength && path.startsWith('/');
  return {
    ...{ id, bornAt: Number(bornAt), loadedAt: Number(loadedAt) },
    ...(isTitle ? { title } : {}),
    ...(isPath ? { path } : {}),
  };
}

function isTabId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;
}
