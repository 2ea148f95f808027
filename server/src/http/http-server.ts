/** A Fastify server as both origins use it: small bodies, no query in any log, forwarded headers from proxies only. */

import { limits } from '@alongside/protocol';
import fastify, { type FastifyInstance } from 'fastify';
import type { RecordsLogger } from '../records/index.js';
import { answerErrors } from './answer-errors.js';

export interface TlsMaterial {
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
}

export interface HttpServerOptions {
  readonly tls?: TlsMaterial | undefined;
  /** Addresses or networks whose forwarded headers are believed; all others are not. */
  readonly trustedProxies: readonly string[];
  readonly logger: RecordsLogger;
}

const REQUEST_MS = 30_000;

export function httpServer({ tls, trustedProxies, logger }: HttpServerOptions): FastifyInstance {
  const options = {
    logger: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: limits.signalBytes,
    requestTimeout: REQUEST_MS,
    connectionTimeout: REQUEST_MS,
    // Keep-alive connections must not hold up a shutdown.
    forceCloseConnections: true,
    // No route has a JSON schema: what comes in is checked by the shapes of the protocol, and their compilers stay away.
    schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } },
    routerOptions: { maxParamLength: 120, ignoreTrailingSlash: false },
  } as const;
  const app: FastifyInstance =
    tls === undefined
      ? fastify(options)
      : (fastify({ ...options, https: { key: tls.key, cert: tls.cert } }) as unknown as FastifyInstance);
  takeJsonOnly(app);
  answerErrors(app, logger);
  logRequests(app, logger);
  return app;
}

function noSchema(): never {
  throw new Error('no route has a JSON schema');
}

function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // No body at all is what a route without one expects, whatever type it was announced with.
    if (body.length === 0) done(null, undefined);
    else void parse(request, String(body), done);
  });
}

/** The route as it is written in the table: never an address, a query or a body. */
function logRequests(app: FastifyInstance, logger: RecordsLogger): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url;
    if (route === undefined || route === '*' || route === '/health') return;
    const ms = Math.round(reply.elapsedTime);
    logger.info('http.answered', { method: request.method, route, status: reply.statusCode, ms });
  });
}
