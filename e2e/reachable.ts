/** Whether a page can be used with the keyboard alone: Tab comes to everything on it, and each shows that it is there. */

import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What was marked, and what became of it while Tab was pressed. */
interface Walk {
  readonly left: Map<Element, string>;
  readonly unseen: string[];
  readonly looks: Map<Element, string>;
}

declare global {
  interface Window {
    walk?: Walk;
  }
}

export async function expectReachable(page: Page, what: string): Promise<void> {
  const count = await page.evaluate(beginWalk);
  expect(count, `${what} has something to press`).toBeGreaterThan(0);
  // As many as there are, and some that lead into the window's own bars and back.
  for (let press = 0; press < count + 5; press += 1) await page.keyboard.press('Tab');
  const walked = await page.evaluate(() => {
    const { left, unseen } = window.walk ?? { left: new Map(), unseen: ['no walk'] };
    delete window.walk;
    return { missed: [...left.values()], unseen };
  });
  expect(walked, `${what}, by keyboard alone`).toEqual({ missed: [], unseen: [] });
}

/** Runs in the page. */
function beginWalk(): number {
  const pressable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  // Of these one is reached by Tab, and the others from there by arrows.
  const byArrows = '[role="radiogroup"], [role="toolbar"], [role="tablist"], [role="menu"]';
  const lookOf = (element: Element): string => {
    const parts = [element, element.closest('label, .field, .choice') ?? element];
    return parts
      .map((each) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(each);
        return `${outlineStyle === 'none' ? '' : outlineWidth + outlineColor} ${boxShadow} ${borderColor}`;
      })
      .join();
  };
  const nameOf = (element: Element): string =>
    `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent ?? ''}`.slice(0, 60);
  const walk: Walk = { left: new Map(), unseen: [], looks: new Map() };
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  for (const element of document.querySelectorAll<HTMLElement>(pressable)) {
    const isThere =
      element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [inert] *');
    const isOther =
      (element.tabIndex < 0 && element.closest(byArrows) !== null) ||
      (element instanceof HTMLInputElement && element.type === 'radio' && !element.checked);
    if (!isThere || isOther) continue;
    walk.left.set(element, nameOf(element));
    walk.looks.set(element, lookOf(element));
  }
  const see = (event: FocusEvent): void => {
    const element = event.target;
    if (!(element instanceof Element) || window.walk === undefined) return;
    if (walk.left.delete(element) && lookOf(element) === walk.looks.get(element))
      walk.unseen.push(nameOf(element));
  };
  document.addEventListener('focusin', see);
  window.walk = walk;
  return walk.left.size;
}
