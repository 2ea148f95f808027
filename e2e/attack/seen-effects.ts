/** What a page had as effects that it must not have: scripts that ran, frames and windows that went elsewhere. */

import type { Frame, Page } from '@playwright/test';
import type { Bait } from './hostile-elements.js';
import type { LeakServer } from './leak-server.js';

export interface SeenEffects {
  /** Scripts of the hostile page that ran, by their way. */
  readonly ran: readonly string[];
  /** Where any frame or window went. */
  readonly left: readonly string[];
}

/** Each run has names of its own, so that what comes late is still told apart. */
export function baitFor(leaks: LeakServer, run: string): Bait {
  return {
    at: (way) => `${leaks.origin}/${run}/${way}`,
    run: (way) => `(window.ran||parent.ran||top.ran)('${run}/${way}')`,
  };
}

/** Before the hostile page comes. */
export async function watchEffects(page: Page, leaks: LeakServer): Promise<SeenEffects> {
  const ran: string[] = [];
  const left: string[] = [];
  await page.exposeFunction('ran', (way: string) => void ran.push(way));
  page.on('framenavigated', (frame) => {
    if (frame.url().startsWith(leaks.origin)) left.push(frame.url());
  });
  page.on('popup', (opened) => left.push(`window ${opened.url()}`));
  page.on('download', (download) => left.push(`download ${download.url()}`));
  page.on('dialog', (dialog) => {
    left.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { ran, left };
}

/** More than an agent can do, who reaches nothing in the replay: every press, and every form sent. */
export async function pressEverything(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
    const pressed = [...(page?.querySelectorAll('a, area, button, input, summary, x-unknown') ?? [])];
    for (const element of pressed) {
      element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
    for (const form of page?.forms ?? []) HTMLFormElement.prototype.submit.call(form);
    return pressed.length;
  });
}

/** A loaded page has been drawn, and what it asked for is on its way. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
  });
}
