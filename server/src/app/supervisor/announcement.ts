/** The lines a person reads once everything runs. */

import { shippedRegister } from '@alongside/transfer';
import type { LimitInForce } from '../../live/index.js';
import type { Demo } from '../demo/provide-demo.js';
import type { MediaWorkerStatus } from '../media-worker-status.js';
import type { SettledPlaces } from '../settled-places.js';

export interface Announcement {
  readonly places: SettledPlaces;
  readonly demo: Demo | undefined;
  readonly limits: readonly LimitInForce[];
  readonly notApplied: readonly string[];
  readonly mediaWorker: MediaWorkerStatus;
}

export function announcement({
  places,
  demo,
  limits,
  notApplied,
  mediaWorker,
}: Announcement): readonly string[] {
  return [
    '',
    'Alongside runs.',
    '',
    `  Console  ${places.console.origin}`,
    ...(demo === undefined ? [] : [`  Shop     ${places.shop.origin}  (the demo customer's)`]),
    `  Live     ${places.live.origin}`,
    `  Replay   ${places.replay.origin}`,
    '',
    ...(demo === undefined ? [] : signIns(demo)),
    `  Register findings on transfers as of ${shippedRegister.version}: setting up confirms them, officers look again within 30 days`,
    `  Calls    ${callsLine(mediaWorker)}`,
    `  Limits   ${limitsLine(limits)}`,
    ...limits
      .filter((limit) => !limit.inForce)
      .map(({ name, reason }) => `           not in force: ${name} (${reason ?? 'unknown'})`),
    ...notApplied.map((line) => `           not applied: ${line}`),
    '',
    'Ctrl-C ends everything.',
  ];
}

function signIns({ agents, officer }: Demo): readonly string[] {
  const width = Math.max(...[...agents, officer].map(({ email }) => email.length));
  const line = (role: string, { email, password }: Demo['officer']): string =>
    `  ${role.padEnd(8)} ${email.padEnd(width)}  ${password}`;
  return [...agents.map((agent) => line('Agent', agent)), line('Officer', officer), ''];
}

export function callsLine(status: MediaWorkerStatus): string {
  if (status.state === 'ready') return 'on';
  if (status.state === 'building') return 'off until the media worker is built; they come on by themselves';
  return `off. ${status.remedy ?? ''}`.trim();
}

function limitsLine(limits: readonly LimitInForce[]): string {
  const inForce = limits.filter((limit) => limit.inForce).map(({ name }) => name);
  return inForce.length === 0 ? 'none on live' : `on live: ${inForce.join(', ')}`;
}
