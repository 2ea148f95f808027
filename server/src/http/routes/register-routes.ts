/** The register that transfers are decided by, the report on them, and what is done about what lapsed. */

import { accept, EditionCreate, Repatriated } from '@alongside/protocol';
import * as v from 'valibot';
import { personRoute, type Route } from '../route.js';

const officer = ['officer'] as const;
const OfEdition = v.strictObject({ editionId: v.pipe(v.string(), v.uuid()) });
const OfLapse = v.strictObject({ lapseId: v.pipe(v.string(), v.uuid()) });
const After = v.strictObject({
  after: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,300}$/))),
});

export const registerRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/register',
    summary: 'The register in force, its age, its history, and what is proposed.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.registers.show(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/register/editions',
    summary: 'Proposes an edition; one that changes nothing confirms the one in force.',
    roles: officer,
    body: EditionCreate,
    run: ({ core, manager, caller, ask }) => core.registers.propose(manager, caller, ask.body),
  }),
  personRoute({
    method: 'GET',
    path: '/api/register/editions/:editionId',
    summary: 'An edition as it was proposed, whatever became of it.',
    roles: officer,
    params: OfEdition,
    run: ({ core, manager, ask }) => core.registers.edition(manager, ask.params.editionId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/register/editions/:editionId/approval',
    summary: 'Puts an edition in force that another officer proposed.',
    roles: officer,
    params: OfEdition,
    run: ({ core, manager, caller, ask }) => core.registers.approve(manager, caller, ask.params.editionId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/register/editions/:editionId/rejection',
    summary: 'Rejects a proposed edition, or takes it back.',
    roles: officer,
    params: OfEdition,
    run: ({ core, manager, caller, ask }) => core.registers.reject(manager, caller, ask.params.editionId),
  }),
  personRoute({
    method: 'GET',
    path: '/api/transfers',
    summary: 'Which flows rest on what, and what lapsed.',
    roles: officer,
    run: async ({ core, manager }) => accept(await core.transferReports.show(manager)),
  }),
  personRoute({
    method: 'GET',
    path: '/api/transfer-consents',
    summary: 'The register of explicit consents to transfers.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.transferConsents.show(manager, caller)),
  }),
  personRoute({
    method: 'GET',
    path: '/api/lapses/:lapseId/package',
    summary: 'Suspended rows to bring home, a page at a time.',
    roles: officer,
    params: OfLapse,
    query: After,
    run: ({ core, manager, caller, ask }) =>
      core.lapsedRows.package(manager, caller, { ...ask.params, after: ask.query.after }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/lapses/:lapseId/repatriation',
    summary: 'Says that suspended rows arrived at home: they are compared, and the source is erased.',
    roles: officer,
    params: OfLapse,
    body: Repatriated,
    run: ({ core, manager, caller, ask }) =>
      core.lapsedRows.repatriate(manager, caller, { ...ask.params, ...ask.body }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/lapses/:lapseId/erasure',
    summary: 'Erases suspended rows.',
    roles: officer,
    params: OfLapse,
    run: ({ core, manager, caller, ask }) => core.lapsedRows.erase(manager, caller, ask.params.lapseId),
  }),
];
