/** Answers only to hosts of its own: another name that leads here is a mistake or an attack. */

import { type Refusal, refuse } from '@alongside/protocol';
import type { FastifyInstance } from 'fastify';

const alwaysAnswered = new Set(['/health', '/ready']);

/** On this machine, `localhost:PORT` is what a person types: it leads to the named address. */
export function answerOwnHosts(app: FastifyInstance, origin: string): void {
  const { protocol, host, hostname, port } = new URL(origin);
  const usualPort = protocol === 'https:' ? /:443$/ : /:80$/;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const shorthands = new Set(
    isLocal
      ? ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === '' ? name : `${name}:${port}`))
      : [],
  );
  app.addHook('onRequest', async (request, reply) => {
    const asked = request.headers.host?.toLowerCase().replace(usualPort, '');
    if (asked === host) return;
    const [path = ''] = request.url.split('?');
    if (asked !== undefined && shorthands.has(asked)) {
      if (alwaysAnswered.has(path)) return;
      if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
        return reply.redirect(`${origin}${path.replace(/^\/{2,}/, '/')}`, 302);
      }
    }
    return reply.code(421).send({ refusal: wrongHost });
  });
}

const wrongHost: Refusal = refuse('notFound', 'host').refusal;
