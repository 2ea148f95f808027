/** The files of the SDK, the console and the replay, each with how long it may be kept and by whom. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '@alongside/protocol';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { backgroundWorkerPolicy } from '../security-headers.js';
import { sendRefusal } from '../serve-routes.js';

const YEAR = 'public, max-age=31536000, immutable';
/** Names of built files that carry a hash of their content. */
const hashed = /-[A-Za-z0-9_]{8,}\.(js|css|svg|woff2|png|webp)$/;

/** Pages of any origin load the SDK. Its loader has a fixed name and so is asked for again soon. */
export async function serveSdk(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    prefix: '/sdk/v1/',
    decorateReply: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', hashed.test(path) ? YEAR : 'public, max-age=300');
      reply.header('access-control-allow-origin', '*');
      reply.header('cross-origin-resource-policy', 'cross-origin');
      reply.header('timing-allow-origin', '*');
    },
  });
}

/** Every address of the console is its one page; what belongs to the other origin is not served here. */
export async function serveConsole(app: FastifyInstance, root: string): Promise<void> {
  // Each of these has a hash of its content in its name, which may end on any of its letters.
  const assets = join(root, 'assets/');
  const backgroundWorker = join(assets, 'background-worker-');
  await app.register(fastifyStatic, {
    root,
    prefix: '/',
    index: 'index.html',
    cacheControl: false,
    allowedPath: (path) =>
      !path.startsWith('/replay/') && !path.startsWith('/types/') && !path.endsWith('.map'),
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.startsWith(assets) ? YEAR : 'no-cache');
      if (path.startsWith(backgroundWorker)) reply.header('content-security-policy', backgroundWorkerPolicy);
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    const [path = ''] = request.url.split('?');
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    // Addresses of pages have no dots and nothing escaped: what has is a file that is not there.
    const isFile = !/^\/[\w/-]*$/.test(path) || /^\/(api|v1|sdk|assets|replay|types)(\/|$)/.test(path);
    return isPage && !isFile ? page(reply) : sendRefusal(reply, refuse('notFound').refusal);
  });
}

function page(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}

/** Where the replay's page names the console, which is the one origin that it speaks with. */
const NOBODY = '<meta name="console-origin" content="" />';

export async function serveReplay(
  app: FastifyInstance,
  { root, consoleOrigin }: { readonly root: string; readonly consoleOrigin: string },
): Promise<void> {
  const built = await readFile(join(root, 'index.html'), 'utf8');
  if (!built.includes(NOBODY))
    throw new Error('The page of the replay has no place for the origin of the console.');
  const html = built.replace(NOBODY, NOBODY.replace('""', `"${consoleOrigin}"`));
  for (const path of ['/', '/index.html']) {
    app.get(path, (_, reply) => reply.type('text/html; charset=utf-8').send(html));
  }
  await app.register(fastifyStatic, {
    root,
    prefix: '/',
    index: false,
    cacheControl: false,
    allowedPath: (path) => !path.endsWith('.map'),
    setHeaders: (reply) => void reply.header('cache-control', 'no-store'),
  });
  app.setNotFoundHandler(async (_, reply) => sendRefusal(reply, refuse('notFound').refusal));
}
