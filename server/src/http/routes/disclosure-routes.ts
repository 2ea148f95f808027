/** What a customer accounts for: what authorities demand, and the record of processing. */

import { accept, DisclosureCreate, DisclosureReceipt, DisclosureRefuse } from '@alongside/protocol';
import * as v from 'valibot';
import { personRoute, type Route } from '../route.js';

const officer = ['officer'] as const;
const OfDisclosure = v.strictObject({ disclosureId: v.pipe(v.string(), v.uuid()) });

export const disclosureRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/processing-record',
    summary: 'The record of processing (Art. 30) and what an impact assessment begins with.',
    roles: officer,
    answer: 'download',
    run: async ({ core, manager, caller }) =>
      accept(await core.processingRecords.make(manager, caller.tenantId)),
  }),
  personRoute({
    method: 'GET',
    path: '/api/disclosures',
    summary: 'What authorities demanded, newest first.',
    roles: officer,
    run: async ({ core, manager, caller }) => accept(await core.disclosures.list(manager, caller)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/disclosures',
    summary: 'Records a demand; an order of another country alone is no ground.',
    roles: officer,
    body: DisclosureCreate,
    run: ({ core, manager, caller, ask }) => core.disclosures.add(manager, caller, ask.body),
  }),
  personRoute({
    method: 'GET',
    path: '/api/disclosures/report',
    summary: 'Counts by year, country and outcome, which name nobody.',
    roles: officer,
    run: async ({ core, manager }) => accept(await core.disclosures.report(manager)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/disclosures/:disclosureId/approval',
    summary: 'One of the two approvals that a demand needs.',
    roles: officer,
    params: OfDisclosure,
    run: ({ core, manager, caller, ask }) =>
      core.disclosures.approve(manager, caller, ask.params.disclosureId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/disclosures/:disclosureId/refusal',
    summary: 'Says what the authority was answered instead.',
    roles: officer,
    params: OfDisclosure,
    body: DisclosureRefuse,
    run: ({ core, manager, caller, ask }) =>
      core.disclosures.refuse(manager, caller, { ...ask.params, ...ask.body }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/disclosures/:disclosureId/package',
    summary: 'What is held of what an approved demand names; its receipt stands at the end.',
    roles: officer,
    answer: 'download',
    params: OfDisclosure,
    run: ({ core, manager, caller, ask }) =>
      core.disclosures.package(manager, caller, ask.params.disclosureId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/disclosures/:disclosureId/receipt',
    summary: 'Says that a package came whole: it is handed out, and not a second time.',
    roles: officer,
    params: OfDisclosure,
    body: DisclosureReceipt,
    run: ({ core, manager, caller, ask }) =>
      core.disclosures.received(manager, caller, { ...ask.params, ...ask.body }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/disclosures/:disclosureId/told',
    summary: 'Says that those concerned have been told.',
    roles: officer,
    params: OfDisclosure,
    run: ({ core, manager, caller, ask }) => core.disclosures.told(manager, caller, ask.params.disclosureId),
  }),
];
