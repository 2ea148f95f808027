/** Takes every request of HTTP and keeps it whole: its line, its headers and its body as it was before any coding. */

import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { brotliDecompressSync, inflateRawSync, inflateSync } from 'node:zlib';
import { listenOnLoopback } from './listen-on-loopback.js';
import type { Receipt, Sink } from './sinks.js';

export async function startHttpSink(): Promise<Sink> {
  const received: Receipt[] = [];
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    // One that is broken off has leaked what came of it.
    received.push({ bytes: () => wholeRequest(request, Buffer.concat(body)) });
    request.once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  const { port, close } = await listenOnLoopback(server);
  return { port, received, close };
}

function wholeRequest({ method, url, rawHeaders, headers }: IncomingMessage, body: Buffer): Buffer {
  const head = [`${method} ${url}`, ...rawHeaders].join('\n');
  const coding = headers['content-encoding'] ?? '';
  return Buffer.concat([Buffer.from(`${head}\n\n`), body, Buffer.from('\n'), decoded(body, coding)]);
}

/** A stream of gzip or zlib says itself what it is and is found in the body as well; these do not. */
function decoded(body: Buffer, coding: string): Buffer {
  const decoders = { br: [brotliDecompressSync], deflate: [inflateSync, inflateRawSync] };
  const wanted = coding === 'br' || coding === 'deflate' ? decoders[coding] : [];
  for (const decode of wanted) {
    try {
      return decode(body);
    } catch {
      // It is not of this kind, or broken off; as it came it has been kept.
    }
  }
  return Buffer.alloc(0);
}
