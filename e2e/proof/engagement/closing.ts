/** The end of an engagement: the visitor stops, what comes after reaches nobody, they part, the survey is answered. */

import { t } from '../../agent/console-words.js';
import { expect } from '../../agent/patient-expect.js';
import { showLate } from './acting.js';
import { surveyQuestion } from './proof-customer.js';
import type { Scene } from './scene.js';

export async function stop(scene: Scene): Promise<void> {
  const { participants, customer, misuses, arrivals, pace } = scene;
  const { visitor, agent } = participants;
  await arrivals.read(agent);
  if (pace.stages.has('stopping')) await misuses.whileStopping(() => visitor.stopSharing());
  else await visitor.stopSharing();
  await expect(visitor.watchedBy(customer.agent.displayName)).toBeHidden();
  await expect(agent.page.getByRole('heading', { name: t('player.notShared') })).toBeVisible();
  await showLate(scene, 'text after the stop');
  await misuses.afterStop();
}

export async function part({ participants, said }: Scene): Promise<void> {
  const { visitor, agent } = participants;
  await visitor.openPanelIfClosed();
  await visitor.end();
  await expect(agent.page.getByRole('heading', { name: t('wrapUp.title') })).toBeVisible();
  await visitor.host.getByLabel(surveyQuestion()).fill(said.answer);
  await visitor.button('Send answers').click();
  await expect(visitor.host.locator('.receipt').getByRole('heading', { name: 'Your receipt' })).toBeVisible();
}
