/** Makes every handler of the copy throw, one after the other: it hurts its sender alone, and all goes on. */

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { until } from '../../service/until.js';
import type { ServiceUnderProof } from '../service-under-proof.js';
import { handlerFaults, thrownLine } from './handler-faults.js';
import { socketsOf } from './page-spies.js';
import type { Scene } from './scene.js';

const FRAMES = '/frames';

export async function throwInHandlers(scene: Scene): Promise<void> {
  const { participants, service, misuses, faults } = scene;
  const before = await service.pid('live');
  const counted = await caughtBy(service);
  for (const fault of handlerFaults) {
    const others = othersOf(scene, fault.by);
    const opened = await openedBy(others);
    await misuses.thatThrows(fault, participants.agent.page);
    const thrown = async () => (await logOf(service)).includes(thrownLine(fault.handler));
    await until(`what ${fault.handler} throws`, thrown);
    await whole(scene);
    if ((await openedBy(others)) !== opened)
      faults.push(`A fault in ${fault.handler} hurt more than its sender.`);
  }
  const caught = (await caughtBy(service)) - counted;
  if (caught !== handlerFaults.length)
    faults.push(`Of ${handlerFaults.length} faults in handlers ${caught} were caught.`);
  if ((await service.pid('live')) !== before) faults.push('A fault in a handler ended `live`.');
}

function logOf({ log }: ServiceUnderProof): Promise<string> {
  return readFile(log, 'utf8');
}

/** The product's own line for what is thrown unexpectedly: a name, and nothing of the error. */
async function caughtBy(service: ServiceUnderProof): Promise<number> {
  return (await logOf(service)).split('"frames:fault"').length - 1;
}

/** Whose connections have to stay. */
function othersOf({ participants }: Scene, by: 'visitor' | 'agent' | 'stranger'): readonly Page[] {
  const { visitorPage, agent } = participants;
  return [...(by === 'visitor' ? [] : [visitorPage]), ...(by === 'agent' ? [] : [agent.page])];
}

async function openedBy(pages: readonly Page[]): Promise<string> {
  const sockets = await Promise.all(pages.map((page) => socketsOf(page, FRAMES)));
  return JSON.stringify(sockets);
}

/** Whoever was hurt has come back, and the agent sees the page. */
async function whole({ participants }: Scene): Promise<void> {
  const pages = [participants.visitorPage, participants.agent.page];
  const isWhole = async () => {
    const sockets = await Promise.all(pages.map((page) => socketsOf(page, FRAMES)));
    return sockets.every(({ isOpen }) => isOpen);
  };
  await until('both connections for frames', isWhole);
  await participants.agent.expectPlayer('live');
}
