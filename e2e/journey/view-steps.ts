/** Step 5: the visitor shows the page, and the agent sees it live, masked, from page to page, until one press. */

import { t } from '../agent/console-words.js';
import { expect, test } from '../fixtures.js';
import type { Story } from './story.js';

/** What masked text is shown as. */
const BLOCK = '\u2588';
/** What every masked field is shown with, whatever is in it. */
const MASKED_VALUE = BLOCK.repeat(6);

export function tellOfView(story: () => Story): void {
  test('step 5: the visitor is asked in plain words, agrees, and the agent sees the page', async () => {
    const { visitor, agent, agentName, shows } = story();
    await agent.askToSee();
    const question = visitor.question(/asks to see this page$/);
    await expect(question).toContainText('Nothing of it is stored or recorded.');
    await expect(question).toContainText(
      shows
        ? 'What you type into fields shows as grey boxes and stays in your browser, except where this site allows it.'
        : 'Texts and what you type show as grey boxes and stay in your browser, except where this site allows it.',
    );
    await visitor.agreeToShow();
    await agent.expectPlayer('live');
    await expect(visitor.watchedBy(agentName)).toBeVisible();
    await agent.replay.expectCount('h1', 1);
    await expectShown(story(), 'Add to cart', ['Alder', 'Size guide', 'Facts']);
    // A picture may show words as well: it is drawn only where text is shown, from behind the shop's cookie.
    if (shows) await expect.poll(() => agent.replay.drawnImages(), 'pictures are drawn').toBeGreaterThan(0);
    else expect(await agent.replay.drawnImages()).toBe(0);
    const digits = (await agent.code.innerText()).replace(/\D/g, '');
    expect(digits).toHaveLength(6);
    await expect(visitor.button(`Code ${digits.slice(0, 3)} ${digits.slice(3)}`).first()).toBeVisible();
  });

  test('step 5: typing, scrolling, the pointer, modals and the shadow tree are seen live', async () => {
    const { visitor, agent, shows } = story();
    const { page } = visitor;
    await visitor.button(/^Close panel/).click();
    await page.getByLabel('Quantity').fill('3');
    await expect
      .poll(() => agent.replay.value('input[type="number"]'), 'an allowed field shows its value')
      .toBe('3');
    await page.getByLabel('Inside leg, in cm').fill('80');
    // The component has a shadow root of its own; what it makes of a value is as hidden as the value.
    await expectInside(story(), { selector: 'frame-fit', text: 'Inside leg, in cm', field: '' });
    expect((await agent.replay.inside('frame-fit')).text).not.toContain('Medium, 54 cm');
    await agent.composer.fill('Half a sentence');
    await page.getByRole('button', { name: 'Size guide' }).click();
    await agent.replay.expectCount('dialog[open]', 1);
    await expect(agent.composer, 'a dialog of the page takes no focus from the agent').toBeFocused();
    await agent.composer.fill('');
    await page.getByRole('dialog', { name: 'Size guide' }).getByRole('button', { name: 'Close' }).click();
    await agent.replay.expectCount('dialog[open]', 0);
    await page.getByRole('button', { name: 'Delivery and returns' }).click();
    await agent.replay.expectCount('.overlay:not([hidden])', 1);
    await page
      .getByRole('dialog', { name: 'Delivery and returns' })
      .getByRole('button', { name: 'Close' })
      .click();
    await agent.replay.expectCount('.overlay:not([hidden])', 0);
    await page.mouse.move(200, 300);
    const before = await agent.replay.pointer();
    await page.mouse.move(420, 340);
    await expect.poll(() => agent.replay.pointer(), 'the pointer moves').not.toBe(before);
    await page.mouse.wheel(0, 240);
    await expect.poll(() => agent.replay.scrollTop(), 'the page scrolls').toBeGreaterThan(100);
    await page.mouse.wheel(0, -600);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(page.getByText('Alder is in your cart')).toBeVisible();
    await agent.replay.expectCount('dialog[open]', 1);
    if (shows) await agent.replay.expectText('Alder is in your cart');
  });

  test('step 5: the agent follows to the next pages, on the sub-domain and within one page', async () => {
    const { visitor, agent, agentName, shows } = story();
    const { page } = visitor;
    const code = await agent.code.innerText();
    await page.getByRole('link', { name: 'Go to the cart' }).click();
    await page.waitForURL('**/cart');
    await expect(visitor.watchedBy(agentName)).toBeVisible({ timeout: 20_000 });
    await agent.expectPlayer('live');
    await agent.replay.expectCount('h1', 1);
    if (shows) await agent.replay.expectText('Cart');
    await expect(agent.code, 'the same browser, so the same code').toHaveText(code);
    await page.goto(story().url('/finder', 'www'));
    await expect(visitor.watchedBy(agentName)).toBeVisible({ timeout: 20_000 });
    await agent.expectPlayer('live');
    if (shows) await agent.replay.expectText('Where will you ride?');
    const heading = await agent.replay.text();
    await page.getByLabel('In town, most days').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('heading', { name: 'How is the land?' })).toBeVisible();
    if (shows) await agent.replay.expectText('How is the land?');
    else await expect.poll(() => agent.replay.text()).not.toBe(heading);
  });

  test('step 5: what the visitor enters, and what the shop marks private, arrives masked', async () => {
    const { visitor, agent, agentName } = story();
    const { page } = visitor;
    await page.goto(story().url('/checkout/you'));
    await expect(visitor.watchedBy(agentName)).toBeVisible({ timeout: 20_000 });
    await agent.expectPlayer('live');
    await agent.replay.expectCount('form', 2);
    const terms = { selector: 'iframe', text: 'The lender is Hazel & Spoke Credit', field: MASKED_VALUE };
    await expectInside(story(), terms);
    await page.getByLabel('First name').fill(story().secret('given'));
    await page.getByLabel('Last name').pressSequentially(story().secret('family'));
    await page.getByLabel('National identity number').fill(story().digits(9));
    await page.getByLabel('E-mail address').fill(`${story().secret('mail')}@mail.example`);
    await page.frameLocator('iframe').getByLabel('Find in the full terms').fill(story().secret('frame'));
    // Names of fields stay behind as well: which one it is, its place among the others tells.
    const place = await page
      .getByLabel('Last name')
      .evaluate((field) => [...document.querySelectorAll('form input')].indexOf(field as HTMLInputElement));
    await expect
      .poll(
        async () => (await agent.replay.values('form input'))[place],
        'a field is shown filled with blocks',
      )
      .toBe(MASKED_VALUE);
    // A change after all of them has arrived: so have they, if they were sent at all.
    await page.evaluate(() =>
      document.body.append(document.createElement('hr'), document.createElement('hr')),
    );
    await agent.replay.expectCount('hr', 2);
    await expectNoSecret(story());
    await page.goto(story().url('/orders'));
    await agent.expectPlayer('live');
    await agent.replay.expectCount('table', 1);
    const orders = await agent.replay.everything();
    for (const secret of ['Mira Kavanagh', 'mira@mail.example', '4471-0932', '38.20', 'Lantern']) {
      expect(orders, 'marked private').not.toContain(secret);
    }
    await expectNoSecret(story());
  });

  test('step 5: the visitor stops with one press, and may show the page again', async () => {
    const { visitor, agent, agentName } = story();
    await visitor.stopSharing();
    await expect(visitor.watchedBy(agentName)).toBeHidden();
    await expect(agent.page.getByRole('heading', { name: t('player.notShared') })).toBeVisible();
    await expect(agent.page.getByRole('main').getByText(t('news.viewStopped'))).toBeVisible();
    await expect(agent.replay.frameElement).toBeHidden();
    await agent.askToSee();
    await visitor.answer(/asks to see this page$/, 'No');
    await expect(agent.page.getByRole('main').getByText(t('news.viewRefused'))).toBeVisible();
    await visitor.page.goto(story().url('/products/alder'));
    await visitor.openPanelIfClosed();
    await visitor.expectConversation(agentName);
    await agent.askToSee();
    await visitor.agreeToShow();
    await agent.expectPlayer('live');
    await visitor.button(/^Close panel/).click();
  });
}

/** With text shown the agent reads it; with text masked nothing of it has come, only blocks. */
async function expectShown({ agent, shows }: Story, text: string, parts: readonly string[]): Promise<void> {
  if (shows) return agent.replay.expectText(text);
  await agent.replay.expectText(BLOCK);
  const everything = await agent.replay.everything();
  for (const part of [text, ...parts]) expect(everything).not.toContain(part);
}

interface Within {
  readonly selector: string;
  readonly text: string;
  /** What the one field in there is shown with: one for numbers takes no blocks. */
  readonly field: string;
}

/** In a shadow root or an inner frame all is there as on the page around it: text as the site says, values never. */
async function expectInside({ agent, shows }: Story, { selector, text, field }: Within): Promise<void> {
  const inside = () => agent.replay.inside(selector);
  await expect
    .poll(async () => (await inside()).text, `the agent sees inside ${selector}`)
    .toContain(shows ? text : BLOCK);
  const { text: all, values } = await inside();
  expect(values).toEqual([field]);
  if (!shows) expect(all.replace(/[\s\u2060\u2588]/g, ''), 'nothing but blocks').toBe('');
}

async function expectNoSecret({ agent, secrets }: Story): Promise<void> {
  const everything = await agent.replay.everything();
  expect(everything.length).toBeGreaterThan(100);
  for (const secret of secrets) expect(everything, 'a secret has left the page').not.toContain(secret);
}
