/** What a visitor's page may ask: the site's configuration, an engagement, and its rights over it. */

import { EngagementStart, Language, SiteKey, SurveyAnswers, visitorPaths } from '@alongside/protocol';
import * as v from 'valibot';
import { openRoute, type Route } from '../route.js';
import { AfterNumber } from './query-shapes.js';

const ofSite = v.strictObject({ siteKey: SiteKey });

export const visitorRoutes: readonly Route[] = [
  openRoute({
    method: 'GET',
    path: visitorPaths.config(':siteKey'),
    summary: 'What a page is told of its site: the notice, the masking, the survey.',
    access: 'page',
    limit: 'config',
    keptSeconds: 60,
    params: ofSite,
    query: v.strictObject({ language: v.optional(Language) }),
    run: (core, { params, query, origin }) =>
      core.access.toSite(params.siteKey, origin, (manager, site) =>
        core.siteConfigs.show(manager, site, query.language),
      ),
  }),
  openRoute({
    method: 'GET',
    path: visitorPaths.notices(':siteKey'),
    summary: 'Every version of the notice that was shown or is announced.',
    access: 'public',
    limit: 'config',
    keptSeconds: 60,
    params: ofSite,
    run: (core, { params }) => core.access.archive(params.siteKey),
  }),
  openRoute({
    method: 'POST',
    path: visitorPaths.start(':siteKey'),
    summary: 'Starts an engagement with the visitor’s first line.',
    access: 'page',
    limit: 'start',
    params: ofSite,
    body: EngagementStart,
    run: (core, { params, origin, body }) =>
      core.starts.start({ siteKey: params.siteKey, origin, start: body }),
  }),
  openRoute({
    method: 'POST',
    path: visitorPaths.comeBack,
    summary: 'Comes back to an engagement: a fresh ticket while it runs.',
    access: 'returnSecret',
    limit: 'visitor',
    run: (core, ask) => core.visitors.comeBack(ask),
  }),
  openRoute({
    method: 'GET',
    path: visitorPaths.lines,
    summary: 'The committed chat lines after a number.',
    access: 'returnSecret',
    limit: 'visitor',
    query: AfterNumber,
    run: (core, ask) => core.visitors.lines(ask, ask.query.after),
  }),
  openRoute({
    method: 'GET',
    path: visitorPaths.transferWords(':country'),
    summary: 'In which words the visitor is asked for explicit consent to a transfer.',
    access: 'returnSecret',
    limit: 'visitor',
    params: v.strictObject({ country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)) }),
    query: v.strictObject({ language: v.optional(Language, 'en') }),
    run: (core, ask) =>
      core.access.toEngagement(ask, async () =>
        core.transferConsents.words(ask.params.country, ask.query.language),
      ),
  }),
  openRoute({
    method: 'POST',
    path: visitorPaths.survey,
    summary: 'Answers the survey, once.',
    access: 'returnSecret',
    limit: 'visitor',
    body: SurveyAnswers,
    run: (core, ask) => core.visitors.answer(ask, ask.body),
  }),
  openRoute({
    method: 'GET',
    path: visitorPaths.receipt,
    summary: 'Who watched, what they did, what is held and on which basis.',
    access: 'returnSecret',
    limit: 'visitor',
    run: (core, ask) => core.receipts.receipt(ask),
  }),
  openRoute({
    method: 'GET',
    path: visitorPaths.export,
    summary: 'Every row that is held, as a download.',
    access: 'returnSecret',
    limit: 'visitor',
    answer: 'download',
    run: (core, ask) => core.exports.export(ask),
  }),
  openRoute({
    method: 'POST',
    path: visitorPaths.erase,
    summary: 'Erases transcript and answers at once.',
    access: 'returnSecret',
    limit: 'visitor',
    run: (core, ask) => core.erasures.erase(ask),
  }),
  openRoute({
    method: 'POST',
    path: visitorPaths.leave,
    summary: 'Ends the engagement, and its return secret opens nothing any more.',
    access: 'returnSecret',
    limit: 'visitor',
    run: (core, ask) => core.visitors.leave(ask),
  }),
];
