/** For every command of both tables a body that the table takes. */

import { randomUUID } from 'node:crypto';
import type { AgentCommandName, Party, VisitorCommandName } from '@alongside/protocol';

export type Body = Readonly<Record<string, unknown>>;

const uuid = randomUUID();
const shared = {
  'chat:send': { lineId: uuid, text: 'Hello' },
  'chat:typing': { typing: true },
  'engagement:end': {},
  'frames:pass': {},
  'call:start': { media: 'voice' },
  'call:answer': { askId: uuid, accept: true, media: 'voice' },
  'call:cancel': {},
  'call:join': { ahead: true },
  'call:connect': { transportId: 't', dtlsParameters: {} },
  'call:produce': { transportId: 't', source: 'microphone', rtpParameters: {} },
  'call:consume': { producerId: 'p', rtpCapabilities: {} },
  'call:resume': { consumerId: 'c' },
  'call:mute': { producerId: 'p', muted: true },
  'call:closeProducer': { producerId: 'p' },
  'call:restartIce': { transportId: 't' },
  'call:show': { consumerId: 'c', shown: 'small' },
  'call:report': { figures: { upLossPermille: 80 } },
  'call:passKeys': { from: 'p', to: 'q', step: 'have', bytes: 'AAAA' },
  'call:remove': { presenceId: uuid },
  'call:end': {},
} as const;

export const visitorSamples: Readonly<Record<VisitorCommandName, Body>> = {
  ...shared,
  'view:grant': { askId: uuid },
  'view:refuse': { askId: uuid },
  'view:stop': {},
  'agent:notice': { agentId: uuid },
  'agent:hide': { agentId: uuid },
  'agent:show': { agentId: uuid },
  'control:grant': { askId: uuid },
  'control:refuse': { askId: uuid },
  'control:end': {},
  'delivery:answer': { deliveryId: uuid, opened: true },
  'call:consent': { source: 'camera', granted: true },
  'call:notice': { presenceId: uuid },
  'transfer:grant': { askId: uuid, version: '2026-11-22', language: 'en' },
  'transfer:refuse': { askId: uuid },
  'transfer:withdraw': {},
};

/** Without the engagement, which all of them but the desk's name besides. */
export const agentSamples: Readonly<Record<AgentCommandName, Body>> = {
  ...shared,
  'desk:available': { available: true },
  'engagement:accept': {},
  'engagement:close': {},
  'engagement:join': { as: 'agent' },
  'engagement:leave': {},
  'engagement:handOver': { agentId: uuid },
  'engagement:takeLead': {},
  'engagement:keepLead': {},
  'call:attend': { mode: 'speak' },
  'call:leave': {},
  'view:ask': {},
  'view:cancel': {},
  'control:ask': { kinds: ['click'], leaseMs: 60_000 },
  'control:cancel': {},
  'control:end': {},
  'delivery:offer': { deliveryId: uuid, content: { kind: 'page', path: '/basket' } },
};

export interface CommandCase {
  readonly role: Party;
  readonly name: string;
  readonly body: Body;
}

export const commandCases: readonly CommandCase[] = [
  ...Object.entries(visitorSamples).map(([name, body]) => ({ role: 'visitor' as const, name, body })),
  ...Object.entries(agentSamples).map(([name, body]) => ({ role: 'agent' as const, name, body })),
];

/** As it goes over the wire: an agent has to name the engagement, a visitor has one. */
export function wholeBody({ role, name, body }: CommandCase, engagementId: string): Body {
  return role === 'agent' && name !== 'desk:available' ? { engagementId, ...body } : body;
}
