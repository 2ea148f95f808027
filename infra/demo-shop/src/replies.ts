/** Writes the kinds of reply that the shop gives; none of them may be kept by a cache, but for pages by the browser. */
import type { ServerResponse } from 'node:http';

export function redirect(response: ServerResponse, status: 303 | 307, to: string): void {
  response.writeHead(status, { location: to, 'cache-control': 'no-store' }).end();
}

export function sendHtml(response: ServerResponse, status: number, text: string): void {
  // As with most shops: a page may stay in the browser's memory for a step back, and is asked for anew otherwise.
  response.setHeader('cache-control', 'private, no-cache');
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, { status, type: 'application/json', text: JSON.stringify(body) });
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, { status, type: 'text/plain; charset=utf-8', text });
}

function send(response: ServerResponse, reply: { status: number; type: string; text: string }): void {
  response
    .writeHead(reply.status, { 'content-type': reply.type, 'cache-control': 'no-store' })
    .end(reply.text);
}
