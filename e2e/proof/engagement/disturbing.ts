/** What goes wrong while the page is seen: a slow agent, a lost network, bad frames, a reload, somebody else. */

import { change, expectArrived, showLate } from './acting.js';
import { Colleague } from './colleague.js';
import type { Scene } from './scene.js';

/** Hardly anything reaches the agent for a while, though the page goes on changing; what it shows comes later. */
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
  await change(scene, pace.slowMs);
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
  await change(scene, pace.partitionMs);
  await participants.visitorContext.setOffline(false);
  await expectArrived(scene, ['text during a disconnect']);
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
}

async function reachForIt({ participants, service, customer, canaries, faults }: Scene): Promise<void> {
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
