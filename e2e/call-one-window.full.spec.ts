/** One window of a person is in a call: another one says where it is, takes it by a press, and neither takes it back. */

import type { Page } from '@playwright/test';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { expectSound } from './journey/call-steps.js';
import { helped, talk } from './journey/meet.js';
import { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 240_000 });
test.use({ serviceName: 'calls of one window' });

test('an agent’s other window leaves the call where it is, and takes it when it is told to', async ({
  people,
  service,
  signIns,
}, info) => {
  const { agent, visitor } = await helped({ people, service, signIns }, 'Mira of two windows');
  const second = await agent.page.context().newPage();
  await second.goto(agent.page.url());
  const there = t('call.link.elsewhere');
  const stateOf = (page: Page) => page.locator('.call-state');
  await expect(second.getByRole('button', { name: t('call.askVoice') })).toBeVisible();

  // What is behind another window is not listened to often enough.
  await agent.page.bringToFront();
  await talk({ agent, visitor });
  await expectSound(agent.voice, 'the window that asked hears the visitor');
  await expect(stateOf(second)).toContainText(there);
  await expect(second.locator('audio')).toHaveCount(0);
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await expect(agent.callState).toContainText(t('call.link.joined'));

  await second.bringToFront();
  await second.getByRole('button', { name: t('call.takeHere') }).click();
  await expectSound(second.locator('audio'), 'the window that took it hears the visitor');
  await expect(stateOf(agent.page)).toContainText(there);
  await agent.page.screenshot({ path: info.outputPath('elsewhere-agent.png') });
  await expect(agent.voice).toHaveCount(0);
  await expectSound(visitor.voice, 'the visitor hears the agent in their other window');
  await expect(stateOf(second)).toContainText(t('call.link.joined'));

  // Loaded anew it is the same person's only window with the call, and comes back by itself.
  await second.reload();
  await expectSound(second.locator('audio'), 'the window that was loaded anew hears the visitor');
  await expect(stateOf(agent.page)).toContainText(there);

  // It dies: the other one goes on by itself, and opens no microphone unasked.
  await second.close();
  await agent.page.bringToFront();
  await expect(agent.voice).toBeAttached({ timeout: 60_000 });
  await expectSound(agent.voice, 'the window that is left hears the visitor');
  await agent.button(t('call.microphone.on')).click();
  await expectSound(visitor.voice, 'the visitor hears the agent in the window that is left');
  await visitor.end();
});

test('a visitor’s other tab leaves the call where it is, and takes it when it is told to', async ({
  people,
  service,
  signIns,
}, info) => {
  const { agent, visitor } = await helped({ people, service, signIns }, 'Mira of two tabs');
  await talk({ agent, visitor });
  await expectSound(visitor.voice, 'the visitor hears the agent');

  // Opened out of the first one: it has a copy of all that a tab remembers.
  const opening = visitor.page.waitForEvent('popup');
  await visitor.page.evaluate((url) => void window.open(url), `${service.origins.shop}/`);
  const copy = new VisitorPage(await opening);
  await copy.openPanelIfClosed();
  await expect(copy.text(/^The call is in another tab/)).toBeVisible({ timeout: 20_000 });
  await copy.page.screenshot({ path: info.outputPath('elsewhere-visitor.png') });
  await visitor.page.bringToFront();
  await expectSound(visitor.voice, 'the visitor hears the agent still');
  await copy.page.bringToFront();

  await copy.button('Continue the call here').click();
  await expectSound(copy.voice, 'the tab that took it hears the agent');
  await expect(visitor.text(/^The call is in another tab/)).toBeVisible({ timeout: 20_000 });
  // What was muted in the other tab nobody knows here: they are heard by a press.
  await copy.button('Unmute').click();
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expect(visitor.voice).toHaveCount(0);
  await expect(copy.call).toHaveAttribute('data-phase', 'on');

  await copy.button('Mute').click();
  await copy.page.reload();
  await expectSound(copy.voice, 'the tab that was loaded anew hears the agent');
  await expect(copy.button('Unmute')).toBeVisible();
  await expect(agent.callState).toContainText(t('call.visitorMuted'));

  // It dies: the other one says so, and opens no microphone unasked.
  await copy.page.close();
  await expect(visitor.text(/^The tab with the call was closed/)).toBeVisible({ timeout: 60_000 });
  await expect(visitor.voice).toHaveCount(0);
  await visitor.page.screenshot({ path: info.outputPath('deserted-visitor.png') });
  await visitor.button('Hang up').click();
  await expect(agent.button(t('call.askVoice'))).toBeVisible();
  await visitor.end();
});
