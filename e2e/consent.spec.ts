/** What a consent takes: a person's own press on a question that they could see for long enough. */

import { randomUUID } from 'node:crypto';
import type { EngagementOpened } from '@alongside/protocol';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { LiveClient } from './service/live-client.js';
import { callLocal } from './service/local-http.js';
import { newSecret } from './service/new-secret.js';
import { until } from './service/until.js';
import type { VisitorPage } from './visitor/visitor-page.js';

test.describe('consent', () => {
  test('a press that no person made, and one that comes too early, do not count', async ({
    people,
    service,
    signIns,
  }) => {
    const [aki] = signIns.agents;
    if (aki === undefined) throw new Error('There is an agent.');
    const agent = await people.agent(aki);
    await agent.becomeAvailable();
    const visitor = await people.visitor(`${service.origins.shop}/`);
    await beginTalk(visitor, agent, 'Careful');
    await visitor.page.evaluate(pressAsSoonAsAsked);
    await agent.askToSee();
    const question = visitor.question(/asks to see this page$/);
    await expect(question).toBeVisible();
    await until('presses by a script', () => visitor.page.evaluate(countPresses).then((count) => count > 20));
    await expect(question, 'a script has pressed it often by now').toBeVisible();
    await expect(visitor.watchedBy(aki.displayName)).toBeHidden();
    await expect(question.locator('[data-armed="true"]')).toBeVisible();
    await visitor.page.evaluate(pressAsSoonAsAsked);
    await until('more presses by a script', () =>
      visitor.page.evaluate(countPresses).then((count) => count > 60),
    );
    await expect(question, 'armed, and pressed by a script').toBeVisible();
    await visitor.page.evaluate(coverEverything);
    await expect(question.locator('[data-armed="true"]')).toBeHidden();
    await visitor.page.evaluate(uncover);
    // The very moment it is uncovered is within the half second in which a press does not count.
    const yes = question.getByRole('button', { name: 'Yes, show the page' });
    await yes.click();
    await expect(question.locator('[data-armed="true"]')).toBeVisible();
    await expect(visitor.watchedBy(aki.displayName)).toBeHidden();
    await yes.click();
    await agent.expectPlayer('live');
    await visitor.stopSharing();
  });

  test('a client that lies about its state gets nothing', async ({ service, signIns, secondCustomer }) => {
    const origin = service.origins.shop;
    const engagementId = randomUUID();
    const answer = await callLocal(`${service.origins.console}/v1/sites/${signIns.siteKey}/engagements`, {
      method: 'POST',
      headers: { origin },
      body: {
        engagementId,
        returnHash: newSecret(),
        noticeVersion: 1,
        language: 'en',
        firstLine: { lineId: randomUUID(), text: 'Honest so far' },
      },
    });
    const { ticket, liveUrl } = answer.json() as EngagementOpened;
    const liar = await LiveClient.connect({ namespace: 'visitor', liveUrl, ticket, origin });
    await secondCustomer.talk();
    // Consents nobody asked for, in an engagement that nobody has accepted, and with made-up questions.
    const askId = randomUUID();
    for (const command of ['view:grant', 'control:grant'] as const) {
      expect(await liar.send(command, { askId })).toMatchObject({ ok: false });
    }
    expect(await liar.send('call:consent', { source: 'camera', granted: true })).toMatchObject({ ok: false });
    expect(await liar.send('frames:pass', {})).toMatchObject({ ok: false });
    expect(await liar.send('view:grant', { askId, consents: ['view'], version: 999 })).toMatchObject({
      ok: false,
      refusal: { code: 'malformed' },
    });
    expect(await liar.send('engagement:accept', { engagementId })).toMatchObject({ ok: false });
    // The ticket was for one connection; a second one with it, or with another origin, is not admitted.
    const again = LiveClient.connect({ namespace: 'visitor', liveUrl, ticket, origin });
    await expect(again).rejects.toThrow();
    const elsewhere = LiveClient.connect({ namespace: 'agent', liveUrl, ticket, origin });
    await expect(elsewhere).rejects.toThrow();
    expect(liar.facts.map(({ name }) => name)).not.toContain('view:granted');
    expect(await liar.send('engagement:end', {})).toMatchObject({ ok: true });
    liar.close();
  });

  test('a page of another origin gets no configuration and no ticket, and its console says why', async ({
    people,
    service,
    signIns,
  }) => {
    const context = await people.context();
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    // The replay's server is up, and its origin is on nobody's list.
    const stranger = service.origins.live.replace('live.', 'stranger.');
    await page.route(`${stranger}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><script async src="${service.origins.console}/sdk/v1/loader.js" data-alongside-site="${signIns.siteKey}"></script>`,
      }),
    );
    await page.goto(`${stranger}/`);
    await until("a message in the page's console", () => said.some((text) => text.includes(stranger)));
    await expect(page.locator('alongside-help')).toHaveCount(0);
    const answer = await callLocal(`${service.origins.console}/v1/sites/${signIns.siteKey}/engagements`, {
      method: 'POST',
      headers: { origin: stranger },
      body: {
        engagementId: randomUUID(),
        returnHash: newSecret(),
        noticeVersion: 1,
        language: 'en',
        firstLine: { lineId: randomUUID(), text: 'From elsewhere' },
      },
    });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ refusal: { code: 'originNotAllowed' } });
  });
});

/** From the launcher to the chat, by both of them. */
async function beginTalk(visitor: VisitorPage, agent: AgentPage, name: string): Promise<void> {
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name });
  await agent.accept(name);
  await visitor.expectConversation(agent.person.displayName);
  await expect(agent.button(t('player.ask'))).toBeVisible();
}

/** Runs in the page, as a script of the page would: presses every button of ours that says yes. */
function pressAsSoonAsAsked(): void {
  const press = (): void => {
    const root = document.querySelector('alongside-help')?.shadowRoot;
    for (const button of root?.querySelectorAll<HTMLButtonElement>('button[data-yes]') ?? []) {
      button.click();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      Reflect.set(window, 'presses', Number(Reflect.get(window, 'presses') ?? 0) + 1);
    }
    requestAnimationFrame(press);
  };
  press();
}

function countPresses(): number {
  return Number(Reflect.get(window, 'presses') ?? 0);
}

/** The panel moves above a modal dialog of the page; this one lies over it and lets every press through. */
function coverEverything(): void {
  const cover = document.createElement('div');
  cover.id = 'cover';
  cover.popover = 'manual';
  cover.style.cssText =
    'position:fixed;inset:0;width:100%;height:100%;background:#fff;pointer-events:none;opacity:.9';
  document.body.append(cover);
  cover.showPopover();
}

function uncover(): void {
  document.getElementById('cover')?.remove();
}
