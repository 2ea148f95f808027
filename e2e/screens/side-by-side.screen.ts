/** The picture of the README: a visitor's page and the agent's console in the same moment of one engagement. */

import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixtures.js';
import { expectSound } from '../journey/call-steps.js';
import { talk } from '../journey/meet.js';

const picture = fileURLToPath(new URL('../../infra/screenshot/alongside.png', import.meta.url));

test('visitor and console side by side', async ({ people, service, signIns }) => {
  const [aki] = signIns.agents;
  if (aki === undefined) throw new Error('There is an agent.');
  const agent = await people.agent(aki, { viewport: { width: 1280, height: 860 } });
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`, {
    viewport: { width: 1120, height: 860 },
  });
  await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
  await visitor.page.getByRole('link', { name: 'Go to the cart' }).click();
  await visitor.page.goto(`${service.origins.shop}/checkout/you`);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?', name: 'Mira', topic: 'Paying by the month' });
  await agent.accept('Mira');
  await agent.say('Hello Mira! It is what the credit costs in a year, with every charge in it.');
  await visitor.say('Thank you. Could you help me with the form?');
  await agent.say('Gladly. May I see the page? What you enter stays hidden from me.');
  await expect(visitor.line('Gladly.')).toBeVisible();
  await agent.askToSee();
  await visitor.agreeToShow();
  await agent.expectPlayer('live');
  await visitor.page.getByLabel('First name').fill('Mira');
  await visitor.page.getByLabel('Last name').fill('Kavanagh');
  await talk({ agent, visitor });
  await expectSound(agent.voice, 'the agent hears the visitor');
  await agent.takeTool('point');
  const place = await agent.replay.placeOf({ selector: 'input[type="email"], input[type="text"]' });
  await agent.page.mouse.move(place.x, place.y);
  await expect(visitor.agentPointer(aki.displayName)).toBeVisible();
  const pictures = await Promise.all([visitor, agent].map(({ page }) => page.screenshot()));
  const [left, right] = pictures.map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`);
  const sheet = await (await people.context({ viewport: { width: 1720, height: 680 } })).newPage();
  await sheet.setContent(sheetOf(left ?? '', right ?? ''));
  await sheet.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await sheet.screenshot({ path: picture });
});

function sheetOf(visitor: string, agent: string): string {
  return `<!doctype html><style>
    body { margin: 0; padding: 28px; display: grid; grid-template-columns: 1120fr 1280fr; gap: 28px;
      background: #e9ecea; font: 600 17px/1.4 system-ui, sans-serif; color: #24302c; }
    figure { margin: 0; }
    figcaption { margin: 0 0 10px 4px; }
    img { display: block; width: 100%; border-radius: 10px; box-shadow: 0 2px 6px #0002, 0 12px 32px #0003; }
  </style>
  <figure><figcaption>The visitor, on the shop's own page</figcaption><img src="${visitor}"></figure>
  <figure><figcaption>The agent, in the console</figcaption><img src="${agent}"></figure>`;
}
