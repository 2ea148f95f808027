/** Who receives something of visitors, as officers keep it; and the key by which a store knows what comes from here. */

import { accept, RecipientCreate } from '@alongside/protocol';
import * as v from 'valibot';
import { openRoute, personRoute, type Route } from '../route.js';

const officer = ['officer'] as const;
const OfRecipient = v.strictObject({ recipientId: v.pipe(v.string(), v.uuid()) });

export const recipientRoutes: readonly Route[] = [
  openRoute({
    method: 'GET',
    path: '/.well-known/alongside-deliveries.json',
    summary: 'The public key of what is delivered to customers’ own stores.',
    access: 'public',
    limit: 'config',
    keptSeconds: 300,
    run: async (core) => accept(core.deliveryKeys()),
  }),
  personRoute({
    method: 'GET',
    path: '/api/recipients',
    summary: 'The register of recipients.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.recipients.list(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/recipients',
    summary: 'Records a recipient; others than the customer’s own store are announced thirty days before.',
    roles: officer,
    body: RecipientCreate,
    run: ({ core, manager, caller, ask }) => core.recipients.add(manager, caller, ask.body),
  }),
  personRoute({
    method: 'POST',
    path: '/api/recipients/:recipientId/approval',
    summary: 'Approves a recipient that another officer recorded.',
    roles: officer,
    params: OfRecipient,
    run: ({ core, manager, caller, ask }) => core.recipients.approve(manager, caller, ask.params.recipientId),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/recipients/:recipientId',
    summary: 'Ends a recipient: nothing is sent to it any more. It stays listed.',
    roles: officer,
    params: OfRecipient,
    run: ({ core, manager, caller, ask }) => core.recipients.end(manager, caller, ask.params.recipientId),
  }),
];
