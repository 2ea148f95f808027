/** An agent who is on another screen of the console, or in another window, knows what their visitor has answered and lent. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { helped } from './journey/meet.js';

test('what a visitor answers is told on every screen, and one window at a time shows the page', async ({
  people,
  service,
  signIns,
}) => {
  const who = 'Mira of another screen';
  const { agent, visitor } = await helped({ people, service, signIns }, who);
  const opened = agent.page.url();
  const rail = agent.page.getByRole('navigation', { name: t('shell.navigation') });
  const room = rail.getByRole('link').filter({ hasText: who });

  await agent.askToSee();
  await agent.openQueue();
  await visitor.agreeToShow();
  await expect(room).toContainText(t('news.viewGranted'));
  await expect(room.getByRole('img', { name: t('news.sees') })).toBeVisible();
  const news = t('news.elsewhere', { who, news: t('news.viewGranted') });
  await expect(agent.page.getByTestId('announcer')).toHaveText(news);
  await expect(agent.page).toHaveTitle('(1) Alongside');

  await room.click();
  await agent.expectPlayer('live');
  await expect(agent.page).toHaveTitle('Alongside');
  await expect(room).not.toContainText(t('news.viewGranted'));

  // Without a mouse: from the list of what is on the page, with words that the visitor is read.
  await agent.button(t('elements.open')).click();
  const list = agent.page.getByRole('dialog', { name: t('elements.title') });
  await list.getByLabel(t('marks.message')).fill('Look at this');
  await list
    .getByRole('button', { name: t('elements.highlight') })
    .first()
    .press('Enter');
  await expect(list.getByRole('status')).toHaveText(t('intent.done'));
  await expect(visitor.host.getByText(/Look at this/).first()).toBeAttached();
  await agent.page.keyboard.press('Escape');

  const second = await agent.page.context().newPage();
  await second.goto(opened);
  await expect(second.getByTestId('player-state')).toHaveAttribute('data-state', 'live', { timeout: 40_000 });
  await expect(agent.playerState).toHaveAttribute('data-state', 'otherWindow');
  await agent.button(t('player.showHere')).click();
  await agent.expectPlayer('live');
  await expect(second.getByTestId('player-state')).toHaveAttribute('data-state', 'otherWindow');
});
