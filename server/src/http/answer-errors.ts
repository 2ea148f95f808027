/** What was not expected ends here: answered by a code, logged by a number that the answer names. */

import { randomUUID } from 'node:crypto';
import { type RefusalCode, refuse } from '@alongside/protocol';
import type { FastifyInstance } from 'fastify';
import { isDuplicate, type RecordsLogger, StatementFailed, StorageUnavailable } from '../records/index.js';
import { sendRefusal } from './serve-routes.js';

const known: Readonly<Record<string, { readonly code: RefusalCode; readonly detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'tooLarge', detail: 'body' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'malformed', detail: 'body' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'malformed', detail: 'body' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'malformed', detail: 'contentType' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'malformed', detail: 'body' },
  FST_ERR_BAD_URL: { code: 'malformed', detail: 'path' },
};

export function answerErrors(app: FastifyInstance, logger: RecordsLogger): void {
  app.setErrorHandler(async (error: unknown, request, reply) => {
    if (error instanceof StorageUnavailable) return sendRefusal(reply, refuse('storageUnavailable').refusal);
    const refusal = knownRefusal(error);
    if (refusal !== undefined) return sendRefusal(reply, refusal);
    const correlationId = randomUUID();
    logger.error('http.failed', {
      correlationId,
      route: request.routeOptions.url ?? 'none',
      kind: error instanceof Error ? error.name : typeof error,
      ...(error instanceof StatementFailed
        ? { code: error.failure.code, constraint: error.failure.constraint }
        : {}),
      at: whereThrown(error),
    });
    return sendRefusal(reply, refuse('internal', correlationId).refusal);
  });
}

function knownRefusal(error: unknown) {
  if (!(error instanceof Error)) return undefined;
  // Somebody else did the same between the look and the writing.
  if (isDuplicate(error)) return refuse('conflict').refusal;
  const code: unknown = Reflect.get(error, 'code');
  const status: unknown = Reflect.get(error, 'statusCode');
  if (typeof code === 'string' && known[code] !== undefined) return known[code];
  // Whatever else the HTTP server finds wrong with a request is the request's fault.
  return typeof status === 'number' && status >= 400 && status < 500
    ? refuse('malformed').refusal
    : undefined;
}

/** The first file and line of the stack: its message may quote what somebody wrote, and is left out. */
function whereThrown(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return /([\w-]+\.[cm]?[jt]s:\d+):\d+\)?/.exec(stack.slice(stack.indexOf('\n')))?.[1] ?? 'unknown';
}
