/** Sites, their notices and their surveys. */

import { accept, NoticeCreate, SiteChange, SiteEdit, SurveyCreate } from '@alongside/protocol';
import { personRoute, type Route } from '../route.js';
import { OfSite } from './query-shapes.js';

const officer = ['officer'] as const;
const anybody = ['agent', 'supervisor', 'officer'] as const;

export const siteRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/sites',
    summary: 'The sites of the customer.',
    roles: anybody,
    run: async ({ core, manager }) => accept(await core.sites.list(manager)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/sites',
    summary: 'Creates a site; answers with its snippet.',
    roles: officer,
    body: SiteEdit,
    run: ({ core, manager, caller, ask }) => core.sites.create(manager, caller, ask.body),
  }),
  personRoute({
    method: 'GET',
    path: '/api/sites/:siteId',
    summary: 'One site.',
    roles: anybody,
    params: OfSite,
    run: ({ core, manager, ask }) => core.sites.show(manager, ask.params.siteId),
  }),
  personRoute({
    method: 'PUT',
    path: '/api/sites/:siteId',
    summary: 'Edits a site.',
    roles: officer,
    params: OfSite,
    body: SiteChange,
    run: ({ core, manager, caller, ask: { params, body } }) => {
      const { basedOn, ...edit } = body;
      return core.sites.edit(manager, caller, { siteId: params.siteId, edit, basedOn });
    },
  }),
  personRoute({
    method: 'POST',
    path: '/api/sites/:siteId/previews',
    summary: 'Writes down that an officer looks at a page as agents would see it.',
    roles: officer,
    params: OfSite,
    run: ({ core, manager, caller, ask }) => core.sites.preview(manager, caller, ask.params.siteId),
  }),
  personRoute({
    method: 'GET',
    path: '/api/sites/:siteId/notices',
    summary: 'The versions of a site’s notice, newest first.',
    roles: officer,
    params: OfSite,
    run: ({ core, manager, ask }) => core.notices.list(manager, ask.params.siteId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/sites/:siteId/notices',
    summary:
      'Publishes a notice: the first applies at once, every other one is announced fourteen days before.',
    roles: officer,
    params: OfSite,
    body: NoticeCreate,
    run: ({ core, manager, caller, ask }) =>
      core.notices.publish(manager, caller, { siteId: ask.params.siteId, ...ask.body }),
  }),
  personRoute({
    method: 'GET',
    path: '/api/sites/:siteId/surveys',
    summary: 'The versions of a site’s survey, newest first.',
    roles: anybody,
    params: OfSite,
    run: ({ core, manager, ask }) => core.surveys.list(manager, ask.params.siteId),
  }),
  personRoute({
    method: 'POST',
    path: '/api/sites/:siteId/surveys',
    summary: 'Publishes a survey form.',
    roles: officer,
    params: OfSite,
    body: SurveyCreate,
    run: ({ core, manager, caller, ask }) =>
      core.surveys.publish(manager, caller, { siteId: ask.params.siteId, form: ask.body }),
  }),
];
