/** Lets pages of other origins call the visitor's API, never with cookies; the routes judge which of them may. */

import type { FastifyInstance } from 'fastify';

const WHOLE_ORIGIN = /^https?:\/\/[a-z0-9.[\]:-]{1,250}$/i;

export function letPagesAsk(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (!request.url.startsWith('/v1/')) return;
    reply.header('vary', 'Origin').header('cross-origin-resource-policy', 'cross-origin');
    // A page that is not listed may read its refusal: it holds nothing, and its console can say why.
    if (origin !== undefined && WHOLE_ORIGIN.test(origin))
      reply.header('access-control-allow-origin', origin);
    if (request.method !== 'OPTIONS') return;
    return reply
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', 'authorization, content-type')
      .header('access-control-max-age', '600')
      .code(204)
      .send();
  });
  app.options('/v1/*', async (_, reply) => reply.code(204).send());
}
