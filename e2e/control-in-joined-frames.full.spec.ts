/** Help inside frames of the site's other origin, through the running service: what is done there, and what is not. */

import type { Frame, Page } from '@playwright/test';
import { zoo } from '../packages/testkit/zoo/zoo.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { VisitorPage } from './visitor/visitor-page.js';
import { ZooVisit } from './zoo/zoo-visit.js';

const ASKED = /asks to help with their own hands$/;

type LateWindow = Window & typeof globalThis & { invited: { count: number; at: number }; begin(): void };

let visit: ZooVisit;

test.describe.configure({ timeout: 180_000 });

test.beforeEach(async ({ people, service }) => {
  visit = await ZooVisit.begin(people, service);
  // What is drawn over a page lies in a closed root.
  await VisitorPage.prepare(visit.visitor.page.context());
  const page = zoo.find(({ name }) => name === 'frame-blank');
  if (page === undefined) throw new Error('The zoo has no such page.');
  await visit.open(page);
});
test.afterEach(() => visit.end());

test('an agent points, draws, scrolls and types in a frame that lets them, until the visitor takes it back there', async () => {
  const { visitor, agent } = visit;
  const { displayName } = agent.person;
  const frame = await framed('acting');
  await agent.replay.expectText('a form of another origin');

  const place = await agent.replay.placeOf({ selector: 'p', inside: 'iframe' });
  await agent.takeTool('point');
  await agent.page.mouse.move(place.x - 5, place.y);
  await agent.page.mouse.move(place.x, place.y);
  await expect(frame.locator('.pointer.shown .name')).toContainText(displayName);
  await agent.takeTool('draw');
  // Its colours take room above the page, which moves down.
  const line = await agent.replay.placeOf({ selector: 'p', inside: 'iframe' });
  await agent.page.mouse.move(line.x - 40, line.y);
  await agent.page.mouse.down();
  await agent.page.mouse.move(line.x, line.y + 8, { steps: 5 });
  await agent.page.mouse.move(line.x + 40, line.y, { steps: 5 });
  await agent.page.mouse.up();
  await expect.poll(() => visitor.drawnPixels(frame), 'the line is in the frame').toBeGreaterThan(80);
  await expect(agent.page.locator('[data-testid="drawn-marks"] g')).not.toHaveCount(0);
  await agent.button(t('marks.clear')).click();
  await expect.poll(() => visitor.drawnPixels(frame), 'and taken away again').toBe(0);

  await agent.askForControl(['scroll', 'click', 'type']);
  await visitor.answer(ASKED, /^Yes, for 1 minute$/);
  await agent.takeTool('control');
  await agent.typeInPage({ selector: 'input', inside: 'iframe' }, 'Mira Kavanagh');
  await expect(frame.locator('#name')).toHaveValue('Mira Kavanagh');
  await expect.poll(async () => (await agent.replay.inside('iframe')).values[0]).toBe('Mira Kavanagh');
  await agent.clickInPage({ selector: 'input[type="password"]', inside: 'iframe' });
  await expect(agent.said).toHaveText(t('intent.passwordField'));
  const shownNow = await agent.replay.placeOf({ selector: 'p', inside: 'iframe' });
  await agent.page.mouse.move(shownNow.x, shownNow.y);
  await agent.page.mouse.wheel(0, 120);
  await expect.poll(() => frame.evaluate(() => scrollY)).toBeGreaterThan(50);

  await frame.locator('#name').focus();
  await visitor.page.keyboard.press('Escape');
  await expect(visitor.lease).toBeHidden();
  await expect(agent.lease).toBeHidden();
  await expect(agent.page.getByRole('radio', { name: t('tool.control') })).toBeDisabled();
});

test('a frame whose script begins when nobody invites it any more is shown, and what it lets nobody do is said', async () => {
  const { visitor, agent } = visit;
  const frame = await framed('late');
  await expect
    .poll(() => frame.evaluate(wasInvited), { message: 'nobody invites it any more', timeout: 40_000 })
    .toBe(true);
  await agent.replay.expectNoText('a page that begins late');
  await frame.evaluate(() => (window as unknown as LateWindow).begin());
  await agent.replay.expectText('a page that begins late');

  await agent.askForControl(['scroll', 'click', 'type']);
  await visitor.answer(ASKED, /^Yes, for 1 minute$/);
  await agent.takeTool('control');
  await agent.clickInPage({ selector: 'input', inside: 'iframe' });
  await expect(agent.said).toHaveText(t('intent.inFrame'));
  await agent.closeTypeBox();
  await expect(frame.locator('#name')).toHaveValue('');
  await agent.takeTool('point');
  const place = await agent.replay.placeOf({ selector: 'p', inside: 'iframe' });
  await agent.page.mouse.move(place.x - 5, place.y);
  await agent.page.mouse.move(place.x, place.y);
  await expect(frame.locator('.pointer.shown .name')).toContainText(agent.person.displayName);
});

/** Frames this page of the far origin, under its name. */
async function framed(name: string): Promise<Frame> {
  const { page } = visit.visitor;
  const address = `${visit.server.farOrigin}/inner/${name}.html`;
  await page.evaluate(addFrame, { name, address });
  await expect.poll(() => frameAt(page, address) !== undefined).toBe(true);
  const frame = frameAt(page, address);
  if (frame === undefined) throw new Error('The frame is gone.');
  await frame.waitForLoadState();
  return frame;
}

const frameAt = (page: Page, address: string) => page.frames().find((each) => each.url() === address);

/** These run in a page. */

/** They come twice a second. */
function wasInvited(): boolean {
  const { count, at } = (window as unknown as LateWindow).invited;
  return count > 0 && performance.now() - at > 2_000;
}

function addFrame({ name, address }: { readonly name: string; readonly address: string }): void {
  const frame = document.createElement('iframe');
  Object.assign(frame, { id: name, width: '420', height: '240', src: address });
  document.getElementById('one')?.prepend(frame);
}
