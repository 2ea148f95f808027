/** What goes wrong while the page is seen: a slow agent, a lost network, bad frames, a reload, somebody else. */

import { setTimeout as wait } from 'node:timers/promises';
import { expectArrived, showLate } from './acting.js';
import { Colleague } from './colleague.js';
import type { Scene } from './scene.js';

/** Hardly anything reaches the agent for a while, as over a bad line; what the page shows comes later. */
export async function slowDown(scene: Scene): Promise<void> {
  const { participants, pace } = scene;
  const session = await participants.agentContext.newCDPSession(participants.agent.page);
  const limit = (downloadThroughput: number) =>
    session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput,
      uploadThroughput: -1,
    });
  await session.send('Network.enable');
  await limit(256);
  await showLate(scene, 'text for a slow agent');
  // How long it lasts is what is tested: there is nothing to wait for.
  await wait(pace.slowMs);
  await limit(-1);
  await session.detach();
  await participants.agent.expectPlayer('live');
  await expectArrived(scene, ['text for a slow agent']);
}

/** Nothing of the visitor reaches the server for a while, though both go on. */
export async function disconnect(scene: Scene): Promise<void> {
  const { participants, pace, misuses } = scene;
  await participants.visitorContext.setOffline(true);
  await showLate(scene, 'text during a disconnect');
  await misuses.duringDisconnect();
  // How long it lasts is what is tested: there is nothing to wait for.
  await wait(pace.partitionMs);
  await participants.visitorContext.setOffline(false);
  await expectArrived(scene, ['text during a disconnect']);
  await participants.agent.expectPlayer('live');
}

/** What no client of ours sends; afterwards everything goes on as before. */
export async function misuse(scene: Scene): Promise<void> {
  const { misuses, participants } = scene;
  await misuses.frames();
  await misuses.handshake();
  await misuses.commands();
  await misuses.ofAgent(participants.agent.page, 'bad intent');
  await reload(scene);
  await misuses.ofAgent(participants.agent.page, 'bad acknowledgement');
}

export async function reload({ participants }: Scene): Promise<void> {
  await participants.agent.page.reload();
  await participants.agent.expectPlayer('live');
}

/** The same agent in another window, and another agent who may not have any of it. */
export async function takeOver(scene: Scene): Promise<void> {
  const { participants, service, customer, canaries, faults } = scene;
  await participants.openSecondWindow(service.origins.console);
  await participants.agent.expectPlayer('live');
  const { engagementId } = participants;
  const colleague = await Colleague.connect(service, customer.colleague);
  try {
    const given = await colleague.reachFor(engagementId);
    for (const command of given) faults.push(`Another agent was given ${command} of the engagement.`);
    await colleague.misuse(canaries, engagementId);
  } finally {
    colleague.leave();
  }
}
