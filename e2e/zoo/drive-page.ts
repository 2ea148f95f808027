/** Does on a page of the zoo what its steps say, as its script or as the visitor's hand. */

import type { Page } from '@playwright/test';
import type { ZooStep } from '../../packages/testkit/zoo/zoo-page.js';

const STEP_MS = 8_000;
/** As the browser keeps one. */
const ADDRESS = {
  NAME_FULL: 'Mira Kavanagh',
  ADDRESS_HOME_CITY: 'Helsinki',
  ADDRESS_HOME_ZIP: '00100',
  ADDRESS_HOME_COUNTRY: 'FI',
};

export async function drivePage(page: Page, steps: readonly ZooStep[]): Promise<void> {
  for (const step of steps) {
    await take(page, step);
    // What the page has made of it is drawn, and so recorded, before the next step.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
}

async function take(page: Page, step: ZooStep): Promise<void> {
  if ('run' in step) await runIn(page, step.run);
  else if ('click' in step) await page.locator(step.click).first().click();
  else if ('hover' in step) await page.locator(step.hover).first().hover();
  else if ('focus' in step) await page.locator(step.focus).first().click();
  else if ('press' in step) await page.keyboard.press(step.press);
  else if ('type' in step) await typeInto(page, step.type);
  else if ('choose' in step) await page.locator(step.choose[0]).first().selectOption(step.choose[1]);
  else if ('wheel' in step) await wheel(page, step.wheel);
  else if ('viewport' in step) {
    await page.setViewportSize({ width: step.viewport[0], height: step.viewport[1] });
  } else if ('media' in step) {
    const { colorScheme = null, reducedMotion = null } = step.media;
    await page.emulateMedia({ colorScheme, reducedMotion });
  } else if ('pinch' in step) await pinch(page, step.pinch);
  else if ('autofill' in step) await autofill(page, step.autofill);
  else await page.reload();
}

async function pinch(page: Page, pageScaleFactor: number): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setPageScaleFactor', { pageScaleFactor });
  await browser.detach();
}

async function autofill(page: Page, selector: string): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const { root } = await browser.send('DOM.getDocument');
  const { nodeId } = await browser.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { node } = await browser.send('DOM.describeNode', { nodeId });
  const fields = Object.entries(ADDRESS).map(([name, value]) => ({ name, value }));
  await browser.send('Autofill.trigger', { fieldId: node.backendNodeId, address: { fields } });
  await browser.detach();
}

/** The browser's own door for scripts, which no policy of the page closes. */
async function runIn(page: Page, script: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`This did not end: ${script}`)), STEP_MS);
  });
  await Promise.race([page.evaluate(`(async () => { ${script} })()`), late]).finally(() =>
    clearTimeout(timer),
  );
}

async function typeInto(page: Page, [selector, text]: readonly [string, string]): Promise<void> {
  const field = page.locator(selector).first();
  await field.click();
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(text);
}

async function wheel(page: Page, [selector, dx, dy]: readonly [string, number, number]): Promise<void> {
  const place = page.locator(selector).first();
  await place.hover();
  const before = await place.evaluate(({ scrollTop, scrollLeft }) => scrollTop + scrollLeft);
  await page.mouse.wheel(dx, dy);
  await page.waitForFunction(
    ([element, from]) => element instanceof Element && element.scrollTop + element.scrollLeft !== from,
    [await place.elementHandle(), before] as const,
  );
}
