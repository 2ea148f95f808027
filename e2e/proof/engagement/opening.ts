/** The beginning of an engagement: both arrive, they talk, the visitor agrees, and the agent sees the page. */

import { expect } from '../../agent/patient-expect.js';
import { until } from '../../service/until.js';
import type { Scene } from './scene.js';

/** Both at once: the visitor loads the page while the agent signs in. */
export async function arrive(scene: Scene): Promise<void> {
  const { participants, customer, service } = scene;
  await Promise.all([openPage(scene), participants.signIn(customer.agent, service.origins.console)]);
}

async function openPage(scene: Scene): Promise<void> {
  const { participants, proofPage } = scene;
  await participants.visitorPage.goto(proofPage.address);
  const unplanted = await proofPage.unplanted(participants.visitorPage);
  if (unplanted === undefined) scene.faults.push('The script of the page has not run.');
  for (const channel of unplanted ?? []) scene.unplanted.push(channel);
  await fillBeforehand(scene);
  if (!scene.pace.stages.has('before')) return;
  await showBeforeConsent(scene);
  await scene.misuses.beforeConsent();
}

export async function talk(scene: Scene): Promise<void> {
  const { participants, said, customer, canaries } = scene;
  const { visitor, agent } = participants;
  await visitor.openPanel();
  await visitor.start({ message: said.line, name: said.name, topic: said.topic });
  await agent.accept(said.name);
  participants.accepted();
  await visitor.expectConversation(customer.agent.displayName);
  await expect(agent.line(said.line)).toBeVisible();
  if (!scene.pace.stages.has('before')) return;
  await visitor.composer.fill(canaries.token('unsent draft of the visitor'));
  await agent.composer.fill(canaries.token('unsent draft of the agent'));
}

export async function share(scene: Scene): Promise<void> {
  const { participants } = scene;
  const { visitor, agent } = participants;
  await agent.askToSee();
  await visitor.agreeToShow();
  await agent.expectPlayer('live');
  await visitor.button(/^Close panel/).click();
  // The panel has to be out of the way before anybody acts on the page.
  await expect(visitor.window).toBeHidden();
  await seePage(scene);
}

/** What is in the page from its start has arrived when its pictures have, which come last. */
async function seePage({ arrivals, participants }: Scene): Promise<void> {
  await until(
    'everything of the page at the agent',
    async () => {
      await arrivals.read(participants.agent);
      return arrivals.missing(new Set(['page'])).length === 0;
    },
    5_000,
    // What is missing is told by name at the end.
  ).catch(() => undefined);
}

async function fillBeforehand({ participants, canaries }: Scene): Promise<void> {
  await participants.visitorPage.setInputFiles('#file', {
    name: `${canaries.token('name of a file')}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from('nothing'),
  });
}

async function showBeforeConsent({ participants, canaries }: Scene): Promise<void> {
  const late = participants.visitorPage.locator('#late');
  await late.evaluate((element, token) => {
    element.textContent = token;
  }, canaries.token('text shown before consent'));
  await late.evaluate((element) => element.replaceChildren());
}
