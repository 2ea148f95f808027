/** A browser that keeps nothing, no cookie and nothing else: the chat, the shown page and a leased hand work all the same. */

import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { VisitorPage } from './visitor/visitor-page.js';

test('where cookies and storage are refused, all of it works', async ({ people, service, signIns }) => {
  const agent = await people.agent(firstAgent(signIns));
  const context = await people.context();
  await VisitorPage.prepare(context);
  await context.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined });
    for (const name of ['sessionStorage', 'localStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    }
  });
  const visitor = new VisitorPage(await context.newPage());
  await visitor.page.goto(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Mira' });
  await agent.say('May I see it?');
  await expect(visitor.line('May I see it?')).toBeVisible();
  await visitor.say('Please do');
  await expect(agent.line('Please do')).toBeVisible();
  await share({ agent, visitor });
  await agent.expectPlayer('live');
  await agent.replay.expectText('Alder');
  await agent.askForControl(['click']);
  await visitor.answer(/asks to help with their own hands$/, /^Yes, for/);
  await expect(agent.lease).toBeVisible();
  await visitor.end();
  expect((await context.cookies()).filter(({ name }) => name.startsWith('alongside'))).toEqual([]);
});
