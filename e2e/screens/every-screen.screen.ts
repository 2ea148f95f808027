/** Every screen of panel and console as a picture, in light and dark and three widths, to be looked at. */

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { adminSections } from '../../agent-console/src/app/router.js';
import { t } from '../agent/console-words.js';
import { expect, test } from '../fixtures.js';

const folder = fileURLToPath(new URL('../test-results/screens', import.meta.url));

const sizes = [
  { width: 375, height: 740 },
  { width: 768, height: 900 },
  { width: 1440, height: 900 },
] as const;

/** One picture for each width; nothing may lie beyond the edge of a window. */
async function takeSizes(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, animations: 'disabled' });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond, `${name} at ${size.width}`).toBeLessThanOrEqual(0);
  }
  if (before !== null) await page.setViewportSize(before);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an engagement, in ${colorScheme}`, async ({ people, service, signIns }) => {
    const [signIn] = signIns.agents;
    if (signIn === undefined) throw new Error('There is an agent.');
    const agent = await people.agent(signIn, { colorScheme });
    await agent.becomeAvailable();
    const visitor = await people.visitor(`${service.origins.shop}/products/alder`, { colorScheme });
    let count = 0;
    const take = async (what: string) => {
      count += 1;
      const name = `${colorScheme}-${String(count).padStart(2, '0')}-${what}`;
      await takeSizes(visitor.page, `${name}-visitor`);
      await takeSizes(agent.page, `${name}-agent`);
    };
    await take('before');
    await visitor.openPanel();
    await take('notice');
    await visitor.start({ message: 'What is APR?', name: 'Mira', topic: 'Paying by the month' });
    await expect(agent.waiting('Mira')).toBeVisible();
    await take('waiting');
    await agent.accept('Mira');
    await agent.say('It is what the credit costs in a year, with every charge in it.');
    await expect(visitor.line('It is what')).toBeVisible();
    await take('chat');
    await agent.askToSee();
    await expect(visitor.question(/asks to see/).locator('[data-armed="true"]')).toBeVisible();
    await take('asked');
    await visitor.agreeToShow();
    await agent.expectPlayer('live');
    await take('shown');
    await agent.askForControl(['scroll', 'click', 'type']);
    await visitor.answer(/asks to help/, /^Yes, for/);
    await expect(agent.lease).toBeVisible();
    await take('lease');
    await agent.button(t('call.askVideo')).click();
    await expect(visitor.question(/asks for a video call/).locator('[data-armed="true"]')).toBeVisible();
    await take('call-asked');
    await visitor.answer(/asks for a video call$/, 'Yes, with my picture');
    await expect(agent.visitorPicture).toBeVisible({ timeout: 20_000 });
    await take('call');
    await visitor.end();
    await expect(visitor.text('How was it?')).toBeVisible();
    await take('survey');
    await visitor.button('Skip').click();
    await expect(visitor.host.locator('.receipt dl')).toBeVisible();
    await take('receipt');
    await agent.finish();
    await agent.openRecords();
    await agent.page.getByRole('row').filter({ hasText: 'Mira' }).getByRole('link').first().click();
    await expect(agent.page.getByText(t('record.nothingElse'))).toBeVisible();
    await take('record');
  });

  test(`the office, in ${colorScheme}`, async ({ people, service, signIns }) => {
    const { page } = await people.agent(signIns.officer, { colorScheme });
    for (const section of adminSections) {
      await page.goto(`${service.origins.console}/admin/${section}`);
      await page.waitForLoadState('networkidle');
      await takeSizes(page, `${colorScheme}-office-${section}`);
    }
    await page.goto(`${service.origins.console}/admin/sites`);
    await page.getByRole('link', { name: 'Hazel & Spoke shop' }).click();
    for (const tab of ['settings', 'notice', 'survey', 'snippet'] as const) {
      await page.getByRole('link', { name: t(`site.${tab}`), exact: true }).click();
      await page.waitForLoadState('networkidle');
      await takeSizes(page, `${colorScheme}-site-${tab}`);
    }
  });
}
