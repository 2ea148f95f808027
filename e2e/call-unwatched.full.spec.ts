/** A call that nobody looks at: what is shown of it beside a closed window and on other screens, and what is told of its end. */

import type { Locator } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { expectSound } from './journey/call-steps.js';
import { meet, talk } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';
import type { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 180_000 });
test.use({ serviceName: 'unwatched calls' });

const PHONE = { width: 390, height: 780 };

test('a visitor whose window is closed is shown the call, and mutes and ends it', async ({
  people,
  service,
  signIns,
}, info) => {
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`, { viewport: PHONE });
  await meet({ agent, visitor }, { name: 'Mira who reads' });
  await visitor.button('Start a voice call').click();
  await visitor.button('Call now').click();
  await closeWindow(visitor);
  await expect(visitor.text(/^Calling /)).toBeVisible();
  await visitor.page.screenshot({ path: info.outputPath('calling.png') });
  await agent.button(t('call.acceptVoice')).click();
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await expect(visitor.call).toContainText(/^Call with /);
  await visitor.button('Mute').click();
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await expect(visitor.call).toContainText('Your microphone is off');
  await visitor.page.screenshot({ path: info.outputPath('muted.png') });
  await expectAccessible(visitor.page, 'a call beside a closed window', { within: 'alongside-help' });
  await visitor.page.keyboard.down('Alt');
  await visitor.page.keyboard.down('KeyM');
  await expect(agent.callState).not.toContainText(t('call.visitorMuted'));
  await visitor.page.keyboard.up('KeyM');
  await visitor.page.keyboard.up('Alt');
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await agent.button(t('call.camera.on')).click();
  await visitor.button('Hang up').click();
  await expect(visitor.call).toBeHidden();
  await expect(said(agent, t('call.news.ended'))).toBeVisible();
  await visitor.openPanel();
  await expect(visitor.text('The call has ended.').first()).toBeVisible();
  await visitor.page.screenshot({ path: info.outputPath('ended.png') });
  await visitor.end();
  await agent.finish();
});

test('an agent on another screen hears and is heard, is told of calls, and talks to one visitor at a time', async ({
  people,
  service,
  signIns,
}, info) => {
  const agent = await people.agent(firstAgent(signIns));
  const shop = `${service.origins.shop}/products/alder`;
  const [first, second] = [await people.visitor(shop), await people.visitor(shop)];
  await meet({ agent, visitor: first }, { name: 'Mira first' });
  await talk({ agent, visitor: first });
  await expectSound(agent.voice, 'the agent hears the visitor');

  await agent.openQueue();
  await expectSound(agent.voice, 'the agent hears the visitor beside the queue');
  await expectSound(first.voice, 'the visitor hears the agent who is at the queue');
  const mark = (label: string) => agent.page.getByRole('img', { name: label, exact: true });
  await expect(mark(t('call.heard'))).toBeVisible();
  await agent.page.keyboard.down('Alt');
  await agent.page.keyboard.down('KeyM');
  await expect(mark(t('call.notHeard'))).toBeVisible();
  await agent.page.keyboard.up('KeyM');
  await agent.page.keyboard.up('Alt');
  await expect(mark(t('call.heard'))).toBeVisible();

  await meet({ agent, visitor: second }, { name: 'Mira second' });
  await expect(agent.page.getByText(t('call.elsewhere'))).toBeVisible();
  await expect(agent.button(t('call.askVoice'))).toBeHidden();
  await agent.openQueue();
  await second.button('Start a voice call').click();
  await second.button('Call now').click();
  await expect(mark(t('call.asksForShort'))).toBeVisible();
  await expect(agent.page).toHaveTitle('(1) Alongside');
  await agent.page.screenshot({ path: info.outputPath('asked-at-queue.png') });
  await expectAccessible(agent.page, 'the rail beside a call', { within: '.rail' });
  await agent.page.getByRole('link', { name: 'Mira second' }).click();
  await expect(agent.button(t('call.refuse'))).toBeVisible();
  await expect(agent.button(t('call.acceptVoice'))).toBeHidden();
  await agent.page.screenshot({ path: info.outputPath('asked-elsewhere.png') });
  await first.button('Hang up').click();
  await agent.button(t('call.acceptVoice')).click();
  await expectSound(agent.voice, 'the agent hears the other visitor');
  await expectSound(second.voice, 'who hears them');
  await expect(first.voice, 'and nobody else does').toHaveCount(0);
  await first.end();
  await second.end();
});

test('a question for a call that comes to nothing is told of as what it came to', async ({
  people,
  service,
  signIns,
}) => {
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  const { displayName } = firstAgent(signIns);
  await meet({ agent, visitor }, { name: 'Mira unheard' });
  const call = async () => {
    await visitor.button('Start a voice call').click();
    await visitor.button('Call now').click();
  };
  await call();
  await agent.button(t('call.refuse')).click();
  await expect(
    visitor.text(`${displayName} cannot talk right now. You can go on writing.`).first(),
  ).toBeVisible();
  await call();
  await expect(agent.button(t('call.acceptVoice'))).toBeVisible();
  await visitor.button('Cancel').click();
  await expect(said(agent, t('call.news.missed'))).toBeVisible();
  await agent.button(t('call.askVoice')).click();
  await expect(said(agent, t('call.news.missed'))).toBeHidden();
  await visitor.answer(/asks to talk to you$/, 'No');
  await expect(said(agent, t('call.news.declined'))).toBeVisible();
  await visitor.end();
});

/** In the engagement, and not only to a screen reader. */
function said({ page }: AgentPage, text: string): Locator {
  return page.getByRole('region', { name: t('call.title'), exact: true }).getByText(text);
}

async function closeWindow(visitor: VisitorPage): Promise<void> {
  await visitor.button(/^Close panel/).click();
  await expect(visitor.window).toBeHidden();
}
