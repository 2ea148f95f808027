/** What the customer has concluded with whoever runs the installation, as officers keep it. */

import { AgreementCreate, accept } from '@alongside/protocol';
import * as v from 'valibot';
import { personRoute, type Route } from '../route.js';

const officer = ['officer'] as const;
const OfAgreement = v.strictObject({ agreementId: v.pipe(v.string(), v.uuid()) });

export const agreementRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/agreements',
    summary: 'The processing agreements with whoever runs the installation, newest first.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.agreements.list(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/agreements',
    summary: 'Records a processing agreement that was signed; answers the list.',
    roles: officer,
    body: AgreementCreate,
    run: ({ core, manager, caller, ask }) => core.agreements.add(manager, caller, ask.body),
  }),
  personRoute({
    method: 'POST',
    path: '/api/agreements/:agreementId/approval',
    summary:
      'Confirms an agreement that another officer recorded, which replaces the one before; answers the list.',
    roles: officer,
    params: OfAgreement,
    run: ({ core, manager, caller, ask }) => core.agreements.confirm(manager, caller, ask.params.agreementId),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/agreements/:agreementId',
    summary: 'Ends an agreement: nothing new begins under it. It stays listed; answers the list.',
    roles: officer,
    params: OfAgreement,
    run: ({ core, manager, caller, ask }) => core.agreements.end(manager, caller, ask.params.agreementId),
  }),
];
