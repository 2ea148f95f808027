/** What goes wrong while the page is seen: a slow agent, a lost network, bad frames, a reload, somebody else. */

import { agentCommands } from '@alongside/protocol';
import { t } from '../../agent/console-words.js';
import { expect } from '../../agent/patient-expect.js';
import { change, expectArrived, showLate } from './acting.js';
import { commandChannel } from './channels.js';
import { Colleague } from './colleague.js';
import type { Scene } from './scene.js';

/**
 * The agent's page stands still for a while, reads nothing and acknowledges nothing, though the visitor's page goes on
 * changing: the relay has to cut it from the stream, and what it missed comes later.
 */
export async function slowDown(scene: Scene): Promise<void> {
  const { tap } = scene.participants;
  const cutsBefore = tap.cuts;
  await standStill(scene);
  // One that has just got a picture or a page to take in is waited for longer: then it is slow once more.
  if (tap.cuts === cutsBefore) await standStill(scene);
  if (tap.cuts === cutsBefore) scene.faults.push('A slow agent was not cut from the stream.');
}

async function standStill(scene: Scene): Promise<void> {
  const { participants, pace } = scene;
  const session = await participants.agentContext.newCDPSession(participants.agent.page);
  await session.send('Debugger.enable');
  const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
  await session.send('Debugger.pause');
  await Promise.all([paused, showLate(scene, 'text for a slow agent')]);
  await change(scene, pace.slowMs);
  // What is paused once more, by something that began before, goes on at once.
  session.on('Debugger.paused', () => void session.send('Debugger.resume'));
  await session.send('Debugger.resume');
  await session.send('Debugger.disable');
  await session.detach();
  await expectArrived(scene, ['text for a slow agent']);
  await participants.agent.expectPlayer('live');
}

/** Nothing of the visitor reaches the server for a while, though both go on. */
export async function disconnect(scene: Scene): Promise<void> {
  const { participants, pace, misuses, arrivals, faults } = scene;
  const late = 'text during a disconnect';
  await participants.visitorContext.setOffline(true);
  await showLate(scene, late);
  await misuses.duringDisconnect();
  await change(scene, pace.partitionMs);
  await arrivals.read(participants.agent);
  if (arrivals.has(late)) faults.push("The visitor's line was not cut: a page without a network was seen.");
  await participants.visitorContext.setOffline(false);
  await misuses.disconnectOver();
  await expectArrived(scene, [late]);
  await participants.agent.expectPlayer('live');
}

/** What no client of ours sends; afterwards everything goes on as before. */
export async function misuse(scene: Scene): Promise<void> {
  const { misuses, participants } = scene;
  await Promise.all([misuses.frames(), misuses.handshake()]);
  await misuses.ofAgent(participants.agent.page, 'bad intent');
  await Promise.all([reload(scene), misuses.commands()]);
  await misuses.ofAgent(participants.agent.page, 'bad acknowledgement');
}

async function reload({ participants }: Scene): Promise<void> {
  await participants.agent.page.reload();
  await participants.agent.expectPlayer('live');
}

/** The same agent in another window, and another agent who may not have any of it. */
export async function takeOver(scene: Scene): Promise<void> {
  const { participants, service } = scene;
  const inAnotherWindow = async () => {
    await participants.openSecondWindow(service.origins.console);
    await participants.agent.expectPlayer('live');
  };
  await Promise.all([inAnotherWindow(), reachForIt(scene)]);
  if (scene.pace.colleague) await comeIn(scene);
}

/** A colleague joins, sees the page, and goes: the one who leads stays. */
async function comeIn({ participants, service, customer, proofPage, said }: Scene): Promise<void> {
  const origins = { console: service.origins.console, site: proofPage.origin };
  const colleague = await participants.openColleague(customer.colleague, origins);
  const { displayName } = customer.agent;
  await colleague.button(t('agents.joinNamed', { name: displayName, who: said.name })).click();
  await colleague.expectEngagement(said.name);
  await colleague.expectPlayer('live');
  await colleague.button(t('agents.leave')).click();
  const dialog = colleague.page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('agents.leave') }).click();
  await expect(participants.agent.page.getByTestId('agents-bar')).toBeHidden();
  await participants.agent.expectPlayer('live');
}

async function reachForIt({ participants, service, customer, canaries, faults }: Scene): Promise<void> {
  const { engagementId } = participants;
  const colleague = await Colleague.connect(service, customer.colleague);
  try {
    const given = await colleague.reachFor(engagementId);
    for (const command of given) faults.push(`Another agent was given ${command} of the engagement.`);
    await colleague.misuse(canaries, engagementId);
    for (const command of Object.keys(agentCommands)) {
      participants.departures.note(commandChannel.agent(command));
    }
  } finally {
    colleague.leave();
  }
}
