/** The console's origin: its pages, the API of console and visitors, and the SDK's files. */

import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { RecordsCore } from '../records/index.js';
import { type HttpServerOptions, httpServer } from './http-server.js';
import type { JsonSchema } from './openapi/json-schema.js';
import { openApiDocument } from './openapi/openapi-document.js';
import { answerOwnHosts } from './own-hosts.js';
import { letPagesAsk } from './page-access.js';
import { serveProof } from './proof/serve-proof.js';
import type { ProofPlaces } from './proof/stored-proof.js';
import { RateLimits } from './rate-limits.js';
import { RefreshCookie } from './refresh-cookie.js';
import { allRoutes } from './routes/all-routes.js';
import { consoleHeaders, consolePermissions, type Origins } from './security-headers.js';
import { serveRoutes } from './serve-routes.js';
import type { SignUp } from './sign-up.js';
import { serveConsole, serveSdk } from './static/static-files.js';

export interface ConsoleAppOptions extends HttpServerOptions, Origins {
  readonly core: RecordsCore;
  readonly signUp: SignUp;
  readonly version: string;
  readonly sdkRoot: string;
  readonly consoleRoot: string;
  readonly rateFactor: number;
  readonly proof: ProofPlaces;
}

export async function createConsoleApp(options: ConsoleAppOptions): Promise<FastifyInstance> {
  const { core, consoleOrigin, version } = options;
  const app = httpServer(options);
  answerOwnHosts(app, consoleOrigin);
  await app.register(fastifyHelmet, consoleHeaders(options));
  await app.register(fastifyCookie);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', consolePermissions);
    if (/^\/(api|v1)\//.test(request.url)) reply.header('cache-control', 'no-store');
  });
  letPagesAsk(app);
  const routes = allRoutes(options);
  // Made when somebody asks: no start waits for it.
  let document: JsonSchema | undefined;
  app.get('/api/openapi.json', async () => {
    document ??= openApiDocument(routes, { version, origin: consoleOrigin });
    return document;
  });
  answerHealth(app, core);
  const limits = new RateLimits(options.rateFactor);
  serveRoutes(app, routes, { core, limits, cookie: new RefreshCookie(consoleOrigin), consoleOrigin });
  serveProof(app, { places: options.proof, limits });
  await serveSdk(app, options.sdkRoot);
  await serveConsole(app, options.consoleRoot);
  return app;
}

/** Healthy is the process; ready is the process with its database. */
function answerHealth(app: FastifyInstance, { database, nodes }: RecordsCore): void {
  const shown = () => ({ storage: database.state, liveConnected: nodes.current() !== undefined });
  app.get('/health', async (_, reply) => reply.header('cache-control', 'no-store').send(shown()));
  app.get('/ready', async (_, reply) =>
    reply
      .header('cache-control', 'no-store')
      .code(database.state === 'up' ? 200 : 503)
      .send(shown()),
  );
}
