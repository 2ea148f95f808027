/** A frame of the site's other origin that begins late, through the running service: it is shown, and what it refuses is said. */

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
