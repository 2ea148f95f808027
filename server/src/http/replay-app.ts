/** The replay's origin: a few files under the strictest policy, and nothing else. */

import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { type HttpServerOptions, httpServer } from './http-server.js';
import { answerOwnHosts } from './own-hosts.js';
import { type Origins, replayHeaders, replayPermissions } from './security-headers.js';
import { serveReplay } from './static/static-files.js';

export interface ReplayAppOptions extends HttpServerOptions, Origins {
  readonly replayRoot: string;
}

export async function createReplayApp(options: ReplayAppOptions): Promise<FastifyInstance> {
  const app = httpServer(options);
  answerOwnHosts(app, options.replayOrigin);
  await app.register(fastifyHelmet, replayHeaders(options));
  app.addHook('onRequest', async (_, reply) => {
    reply.header('permissions-policy', replayPermissions).header('cache-control', 'no-store');
  });
  app.get('/health', async () => ({ replay: 'up' }));
  const { replayRoot: root, consoleOrigin } = options;
  await serveReplay(app, { root, consoleOrigin });
  return app;
}
