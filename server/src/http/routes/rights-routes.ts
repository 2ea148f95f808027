/** People's rights: what whoever is concerned may ask, and what the officers of the customer do about it. */

import {
  accept,
  askedWordsVersions,
  CaseAct,
  CaseRecord,
  CaseReferral,
  CaseStart,
  HoldCreate,
  refuse,
  rightsPaths,
  storedInBrowser,
} from '@alongside/protocol';
import * as v from 'valibot';
import { basesOfPurposes, ExportShape } from '../../records/index.js';
import { jsonSchema } from '../openapi/json-schema.js';
import { openRoute, personRoute, type Route } from '../route.js';
import { OfEngagement } from './query-shapes.js';

const officer = ['officer'] as const;
const OfCase = v.strictObject({ caseId: v.pipe(v.string(), v.uuid()) });
const OfWords = v.strictObject({ version: v.pipe(v.string(), v.isoDate()) });
const OfHold = v.strictObject({ holdId: v.pipe(v.string(), v.uuid()) });

const personRights: readonly Route[] = [
  openRoute({
    method: 'POST',
    path: rightsPaths.open,
    summary: 'Opens a case from the receipt; answers with the key that opens it again.',
    access: 'returnSecret',
    limit: 'start',
    body: CaseStart,
    run: (core, ask) => core.caseIntake.open(ask, ask.body),
  }),
  openRoute({
    method: 'POST',
    path: rightsPaths.refer,
    summary: 'Hands a request on to the customer of a site, for who kept no receipt.',
    access: 'page',
    limit: 'start',
    body: CaseReferral,
    run: (core, { body, origin }) => core.caseIntake.refer(origin, body),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.look,
    summary: 'Where a case stands and what was answered.',
    access: 'caseKey',
    limit: 'visitor',
    run: (core, { authorization }) => core.caseKeys.look(authorization),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.export,
    summary: 'Every row that is held, once that was granted.',
    access: 'caseKey',
    limit: 'visitor',
    answer: 'download',
    run: (core, { authorization }) => core.supportPacks.export(authorization, 'json'),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.exportCsv,
    summary: 'Every row that is held, as a table, once that was granted.',
    access: 'caseKey',
    limit: 'visitor',
    answer: 'csv',
    run: (core, { authorization }) => core.supportPacks.export(authorization, 'csv'),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.csv,
    summary: 'Every row that is held, as a table.',
    access: 'returnSecret',
    limit: 'visitor',
    answer: 'csv',
    run: (core, ask) => core.exports.csv(ask),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.schema,
    summary: 'The JSON Schema of an export.',
    access: 'public',
    limit: 'config',
    keptSeconds: 3600,
    run: async () =>
      accept({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...jsonSchema(ExportShape) }),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.bases,
    summary: 'On which ground each category is kept, and what comes of not giving it.',
    access: 'public',
    limit: 'config',
    keptSeconds: 3600,
    run: async () => accept(basesOfPurposes()),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.storage,
    summary: 'All that is kept in a visitor’s browser, what for and for how long.',
    access: 'public',
    limit: 'config',
    keptSeconds: 3600,
    run: async () => accept(storedInBrowser),
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.words,
    summary: 'In which words the panel asked for consents, by the version that each consent names.',
    access: 'public',
    limit: 'config',
    keptSeconds: 3600,
    params: OfWords,
    run: async (_, { params }) => {
      const words = askedWordsVersions[params.version];
      return words === undefined ? refuse('notFound') : accept(words);
    },
  }),
  openRoute({
    method: 'GET',
    path: rightsPaths.transferWords,
    summary: 'In which words visitors were asked for consent to a transfer, by the version that each names.',
    access: 'public',
    limit: 'config',
    keptSeconds: 3600,
    params: OfWords,
    run: async (core, { params }) => core.transferConsents.asked(params.version),
  }),
];

const officerRights: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/rights',
    summary: 'Cases, what is due first at the top.',
    roles: officer,
    run: async ({ core, manager }) => accept(await core.caseWork.list(manager)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/rights',
    summary: 'Writes down what came by letter or mail, with the day that it came.',
    roles: officer,
    body: CaseRecord,
    run: ({ core, manager, caller, ask }) => core.caseIntake.record(manager, caller, ask.body),
  }),
  personRoute({
    method: 'GET',
    path: '/api/rights/:caseId',
    summary: 'One case with its dates and history.',
    roles: officer,
    params: OfCase,
    run: ({ core, manager, caller, ask }) => core.caseWork.show(manager, caller, ask.params.caseId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/rights/:caseId/acts',
    summary: 'Does the next thing to a case.',
    roles: officer,
    params: OfCase,
    body: CaseAct,
    run: ({ core, manager, caller, ask }) =>
      core.caseWork.act(manager, caller, { caseId: ask.params.caseId, act: ask.body }),
  }),
  personRoute({
    method: 'POST',
    path: '/api/rights/:caseId/pack',
    summary: 'All that is wanted to answer a case: what is held, its sources and terms, dates and history.',
    roles: officer,
    answer: 'download',
    params: OfCase,
    run: ({ core, manager, caller, ask }) => core.supportPacks.make(manager, caller, ask.params.caseId),
  }),
  personRoute({
    method: 'GET',
    path: '/api/holds',
    summary: 'What is kept from being purged or erased, and why.',
    roles: officer,
    run: async ({ core, manager }) => accept(await core.holds.list(manager)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/holds',
    summary: 'Holds an engagement for a case, until a day at most.',
    roles: officer,
    body: HoldCreate,
    run: ({ core, manager, caller, ask }) => core.holds.place(manager, caller, ask.body),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/holds/:holdId',
    summary: 'Lifts a hold before its end.',
    roles: officer,
    params: OfHold,
    run: ({ core, manager, caller, ask }) => core.holds.lift(manager, caller, ask.params.holdId),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/engagements/:engagementId/restriction',
    summary: 'Lifts the restriction of an engagement, which is logged.',
    roles: officer,
    params: OfEngagement,
    run: ({ core, manager, caller, ask }) => core.liftRestriction(manager, caller, ask.params.engagementId),
  }),
];

export const rightsRoutes: readonly Route[] = [...personRights, ...officerRights];
