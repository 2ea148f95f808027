/** What may be said of a page in a list of tabs: its title and its path, only where a rule of the site allows each. */

import { tabLimits } from '@alongside/protocol';
import type { PristineDom } from './pristine-dom.js';
import type { PrivacyRules } from './privacy-rules.js';
import { isValueShown } from './privacy-rules.js';

export interface PageWords {
  readonly title?: string;
  readonly path?: string;
}

interface WordedPage {
  readonly window: Window;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
}

export function pageWords({ window, dom, rules }: WordedPage): PageWords {
  const { document, location } = window;
  // In a tab that nobody sees nothing is recorded, so that verdicts of before may not hold any more.
  rules.forget();
  const isShown = (element: Element | null): element is Element =>
    element !== null && isValueShown(rules.verdictOf(element));
  const titleElement = document.head?.querySelector('title') ?? null;
  const title = isShown(titleElement) ? sayable(dom.textContent(titleElement) ?? '', rules) : undefined;
  // A path is masked as addresses are everywhere: only a page that is shown as a whole tells its own.
  const path = isShown(document.documentElement) ? sayable(location.pathname, rules) : undefined;
  return {
    ...(title === undefined ? {} : { title: title.slice(0, tabLimits.titleLength) }),
    ...(path === undefined ? {} : { path: path.slice(0, tabLimits.pathLength) }),
  };
}

/** Nothing where a part of it is masked for what it looks like: half a number is still half a number. */
function sayable(text: string, rules: PrivacyRules): string | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed === '' || rules.catches(trimmed)) return undefined;
  return rules.catches(unescaped(trimmed)) ? undefined : trimmed;
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not every sign after a percent sign is an escape; it is then judged as it stands.
    return path;
  }
}
