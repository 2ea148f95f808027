/** Step 4: they talk, and go on talking through reloads, other tabs, sub-domains and refused storage. */

import type { BrowserContext } from '@playwright/test';
import { t } from '../agent/console-words.js';
import { expect, test } from '../fixtures.js';
import { VisitorPage } from '../visitor/visitor-page.js';
import type { Asides, Story } from './story.js';

export function tellOfConversation(story: () => Story, asides: Asides = {}): void {
  test('step 4: they chat both ways, and typing is told without a word of the draft', async () => {
    const { visitor, agent, agentName, visitorName } = story();
    const question = story().chatText('Over how many months?');
    await visitor.say(question);
    await expect(agent.line(question)).toBeVisible();
    const sent: string[] = [];
    const secretDraft = story().secret('draft');
    // Both pages have their sockets already: what they send from now on is read inside the page.
    for (const { page } of [visitor, agent]) await page.evaluate(keepWhatIsSent);
    await agent.composer.pressSequentially(secretDraft.slice(0, 12));
    await expect(visitor.text(`${agentName} is typing…`)).toBeVisible();
    await agent.composer.fill('');
    await expect(visitor.text(`${agentName} is typing…`)).toBeHidden();
    await visitor.composer.pressSequentially(secretDraft.slice(0, 12));
    await expect(agent.page.getByText(t('chat.typing', { name: visitorName }))).toBeVisible();
    await visitor.composer.fill('');
    await expect(agent.page.getByText(t('chat.typing', { name: visitorName }))).toBeHidden();
    for (const { page } of [visitor, agent]) sent.push(await page.evaluate(readWhatWasSent));
    expect(sent.every((each) => each.includes('typing'))).toBe(true);
    expect(sent.join()).not.toContain(secretDraft.slice(0, 12));
    const answer = story().chatText('Six to sixty, as you like.');
    await agent.say(answer);
    await expect(visitor.line(answer)).toBeVisible();
    await expect(visitor.line(answer)).toHaveAttribute('data-number', '3');
  });

  test('step 4: a reload of either page, a second tab and the sub-domain go on with the conversation', async () => {
    const { visitor, agent, agentName, visitorName, said } = story();
    const [first = ''] = said;
    await visitor.page.reload();
    await visitor.openPanelIfClosed();
    await visitor.expectConversation(agentName);
    await expect(visitor.line(first)).toBeVisible();
    await agent.page.reload();
    await agent.expectEngagement(visitorName);
    await expect(agent.line(first)).toBeVisible();
    const tab = new VisitorPage(await visitor.page.context().newPage());
    await tab.page.goto(story().url('/finder'));
    await tab.openPanelIfClosed();
    await tab.expectConversation(agentName);
    const fromTab = story().chatText('From another tab');
    await tab.say(fromTab);
    await expect(visitor.line(fromTab)).toBeVisible();
    await expect(agent.line(fromTab)).toBeVisible();
    await tab.page.close();
    await visitor.page.bringToFront();
    await visitor.page.goto(story().url('/products/alder', 'www'));
    await visitor.openPanelIfClosed();
    await visitor.expectConversation(agentName);
    await expect(visitor.line(fromTab)).toBeVisible();
    const afterAll = story().chatText('Still here');
    await agent.say(afterAll);
    await expect(visitor.line(afterAll)).toHaveCount(1);
    await visitor.page.goto(story().url('/products/alder'));
    await visitor.openPanelIfClosed();
    await visitor.expectConversation(agentName);
  });

  test('step 4: where cookies are refused, a reload of the same tab comes back', asides, async () => {
    const { people } = story();
    const context = await people.context();
    await refuseCookies(context);
    const visitor = await waitingVisitor(context, story(), /continues in this tab only/);
    await visitor.page.reload();
    await visitor.openPanelIfClosed();
    await expect(visitor.text('You are in the queue')).toBeVisible();
    const other = new VisitorPage(await context.newPage());
    await other.page.goto(story().url('/'));
    await other.openPanel();
    await expect(other.text('Before you write'), 'another tab knows nothing of it').toBeVisible();
    await other.page.close();
    await visitor.button('Leave the queue').click();
    await expect(visitor.text('You have ended the conversation.')).toBeVisible();
    await context.close();
  });

  test('step 4: where nothing may be kept, the panel says before that leaving ends it', asides, async () => {
    const { people, agent } = story();
    const context = await people.context();
    await refuseCookies(context);
    await context.addInitScript(() => {
      Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new DOMException('Refused', 'SecurityError');
        },
      });
    });
    const visitor = await waitingVisitor(context, story(), /leaving or reloading this page ends/);
    // The desk learns of a visitor when their socket is there, a moment after the page says that they wait.
    await agent.openQueue();
    await expect(agent.waiting('Nobody remembers')).toBeVisible();
    await visitor.page.reload();
    await visitor.openPanel();
    await expect(visitor.text('Before you write')).toBeVisible();
    await context.close();
    await expect(agent.waiting('Nobody remembers')).toContainText(t('presence.away'));
    await agent.page.goBack();
  });
}

async function waitingVisitor(context: BrowserContext, story: Story, said: RegExp): Promise<VisitorPage> {
  await VisitorPage.prepare(context);
  const visitor = new VisitorPage(await context.newPage());
  await visitor.page.goto(story.url('/'));
  await visitor.openPanel();
  await expect(visitor.text(said)).toBeVisible();
  await visitor.start({ message: 'I keep no cookies', name: 'Nobody remembers' });
  await expect(visitor.text('You are in the queue')).toBeVisible();
  return visitor;
}

/** As a browser does that is told to refuse them: they are taken without an error, and not kept. */
async function refuseCookies(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined });
  });
}

function keepWhatIsSent(): void {
  const kept: string[] = [];
  Reflect.set(window, 'keptFrames', kept);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function sendAndKeep(data) {
    kept.push(typeof data === 'string' ? data : '[bytes]');
    return send.call(this, data);
  };
}

function readWhatWasSent(): string {
  return String(Reflect.get(window, 'keptFrames'));
}
