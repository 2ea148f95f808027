/** One request of the shop from the socket to the answer: name, origin, session, route, reply. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type HostVerdict, judgeHost } from './host-check.js';
import { renderPage } from './page-layout.js';
import { redirect, sendHtml, sendJson, sendText } from './replies.js';
import { readForm, readJson } from './request-body.js';
import { type Routed, route } from './routes.js';
import type { SdkEmbedding } from './sdk-embedding.js';
import type { SeenRequests } from './seen-requests.js';
import { type ShopSession, type ShopSessions, sessionCookieHeader } from './shop-session.js';
import type { StaticFile } from './static-files.js';
import { type Answer, linksFor, type Visit } from './visit.js';

export interface ShopParts {
  readonly publicHost: string;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly sessions: ShopSessions;
  readonly seen: SeenRequests;
  readonly sdk: () => SdkEmbedding | undefined;
}

type OwnHost = HostVerdict & { readonly kind: 'own' };

export function createRequestListener(parts: ShopParts): RequestListener {
  return (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
    answerRequest(parts, request, response).catch(() => {
      // The one edge for what nobody expected. The shop keeps no log, so the status is the whole report.
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'The shop stumbled over this request.');
    });
  };
}

async function answerRequest(
  parts: ShopParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://placeholder.invalid');
  const verdict = judgeHost(request.headers.host, parts.publicHost);
  if (verdict.kind === 'foreign') return sendText(response, 421, 'The shop does not own this name.');
  if (url.pathname === '/health') return sendJson(response, 200, { status: 'up' });
  if (verdict.kind === 'loopback') {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 421, 'Use the named address.');

    return redirect(response, 307, `//${parts.publicHost}${verdict.portSuffix}${url.pathname}${url.search}`);
  }
  if (url.pathname === '/__seen') return answerSeen(parts.seen, request, response);
  parts.seen.note(request);
  if (isForgedChange(request, parts.publicHost))
    return sendText(response, 403, 'Another site may not change things here.');
  const file = parts.files.get(url.pathname);
  if (file !== undefined) return sendFile(parts, { request, response, file, path: url.pathname });

  return answerPage(parts, { request, response, url, verdict });
}

interface PageRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly verdict: OwnHost;
}

async function answerPage(parts: ShopParts, { request, response, url, verdict }: PageRequest): Promise<void> {
  const known = parts.sessions.find(request.headers.cookie);
  const session: ShopSession = known ?? parts.sessions.start();
  if (known === undefined) response.setHeader('set-cookie', sessionCookieHeader(session, parts.publicHost));
  const visit: Visit = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    session,
    sdk: parts.sdk(),
    links: linksFor(verdict.hostname, parts.publicHost, verdict.portSuffix),
    form: () => readForm(request),
    json: () => readJson(request),
  };
  sendRouted(response, await route(visit), visit);
}

/** A change must come from the shop's own pages; clients that send neither header are no browsers. */
function isForgedChange(request: IncomingMessage, publicHost: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  if (request.headers['sec-fetch-site'] === 'cross-site') return true;
  const { origin } = request.headers;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;

  return judgeHost(new URL(origin).host, publicHost).kind !== 'own';
}

function answerSeen(seen: SeenRequests, request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'DELETE') seen.forget();
  sendJson(response, 200, { requests: seen.all });
}

function sendRouted(response: ServerResponse, routed: Routed, visit: Visit): void {
  if (routed.kind === 'wrongMethod') {
    response.setHeader('allow', routed.allowed.join(', '));
    sendText(response, 405, 'This address does not know that method.');
  } else {
    sendAnswer(response, routed.answer, visit);
  }
}

function sendAnswer(response: ServerResponse, answer: Answer, visit: Visit): void {
  switch (answer.kind) {
    case 'redirect':
      redirect(response, 303, answer.to);
      break;
    case 'json':
      sendJson(response, answer.status ?? 200, answer.body);
      break;
    case 'document':
      response.setHeader('x-frame-options', 'SAMEORIGIN');
      sendHtml(response, 200, answer.document.text);
      break;
    case 'page':
      for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
      sendHtml(response, answer.status ?? 200, renderPage(answer, visit).text);
      break;
  }
}

interface FileRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: StaticFile;
  readonly path: string;
}

/** Pictures are for visitors of the shop only, as on many real sites: nobody else's browser can load them. */
function sendFile(parts: ShopParts, { request, response, file, path }: FileRequest): void {
  if (path.startsWith('/media/') && parts.sessions.find(request.headers.cookie) === undefined) {
    sendText(response, 403, 'Only visitors of the shop may load this.');
    return;
  }
  response.setHeader('etag', file.tag);
  response.setHeader('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.bytes.length }).end(file.bytes);
}
