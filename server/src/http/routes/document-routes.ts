/** The catalogue of documents: kept by officers, offered by agents, read by the visitor it was offered to. */

import { accept, DocumentEdit, DocumentId, visitorPaths } from '@alongside/protocol';
import * as v from 'valibot';
import { openRoute, personRoute, type Route } from '../route.js';

const officer = ['officer'] as const;
const anybody = ['agent', 'supervisor', 'officer'] as const;
const OfDocument = v.strictObject({ documentId: DocumentId });

export const documentRoutes: readonly Route[] = [
  personRoute({
    method: 'GET',
    path: '/api/documents',
    summary: 'The catalogue of documents.',
    roles: anybody,
    run: async ({ core, manager }) => accept(await core.documents.list(manager)),
  }),
  personRoute({
    method: 'POST',
    path: '/api/documents',
    summary: 'Adds a document to the catalogue.',
    roles: officer,
    body: DocumentEdit,
    run: ({ core, manager, caller, ask }) => core.documents.add(manager, caller, ask.body),
  }),
  personRoute({
    method: 'PUT',
    path: '/api/documents/:documentId',
    summary: 'Edits a document of the catalogue.',
    roles: officer,
    params: OfDocument,
    body: DocumentEdit,
    run: ({ core, manager, caller, ask }) =>
      core.documents.edit(manager, caller, { documentId: ask.params.documentId, edit: ask.body }),
  }),
  personRoute({
    method: 'DELETE',
    path: '/api/documents/:documentId',
    summary: 'Takes a document out of the catalogue.',
    roles: officer,
    params: OfDocument,
    run: ({ core, manager, caller, ask }) => core.documents.remove(manager, caller, ask.params.documentId),
  }),
  openRoute({
    method: 'GET',
    path: visitorPaths.document(':documentId'),
    summary: 'A document that an agent has offered in this engagement.',
    access: 'returnSecret',
    limit: 'visitor',
    params: OfDocument,
    run: (core, ask) => core.documents.read(ask, ask.params.documentId),
  }),
];
