/** On a phone the banner would lie on the head of every page: it can be made small, and tells all the same what it has to. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { helped, share } from './journey/meet.js';

test('a banner that was made small leaves the head of the page free, on the next page too, until more is lent', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await helped({ people, service, signIns }, 'Mira on a phone');
  const { page, host } = visitor;
  await page.setViewportSize({ width: 390, height: 664 });
  await share({ agent, visitor });
  const button = (name: string) => host.getByRole('button', { name, exact: true });
  const isHeadFree = () =>
    page.evaluate(() => {
      const points = [20, 100, 195, 290, 370].flatMap((x) => [20, 60, 90].map((y) => [x, y] as const));
      return points.every(([x, y]) => document.elementFromPoint(x, y)?.tagName !== 'ALONGSIDE-HELP');
    });
  expect(await isHeadFree()).toBe(false);
  await button('Make this smaller').click();
  await expect.poll(isHeadFree).toBe(true);
  await expect(button('Stop sharing this page')).toBeVisible();
  await expect(button('Help')).toBeVisible();
  const help = await button('Help').boundingBox();
  await expect
    .poll(async () => {
      const { x, width, height } = (await host.locator('.banner').boundingBox()) ?? {
        x: 0,
        width: 0,
        height: 0,
      };
      return width > 0 && height < 60 && x + width < (help?.x ?? 0);
    }, 'one line beside the button')
    .toBe(true);

  await page.goto(`${service.origins.shop}/products/rowan`);
  await agent.replay.expectText('Rowan');
  await expect(button('Show all of it')).toHaveAttribute('aria-expanded', 'false');
  expect(await isHeadFree()).toBe(true);

  await agent.askForControl(['click']);
  await visitor.answer(/asks to help with their own hands$/, /^Yes, for 1 minute$/);
  await expect(host.getByText(/may click: 0:\d\d left/)).toBeVisible();
  await button('Make this smaller').click();
  await expect(
    host.locator('.banner').getByText(/^\s*0:\d\d left$/),
    'its end is seen counting',
  ).toBeVisible();
  await button('Stop sharing this page').click();
  await expect(host.locator('.banner')).toBeHidden();
  await expect(agent.page.getByText(t('player.notShared'))).toBeVisible();
});
