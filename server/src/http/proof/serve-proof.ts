/** Serves the newest proof to whoever asks: as a page, and as the signed report. Read only, and read at each request. */

import { refuse } from '@alongside/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressKey, type RateLimits } from '../rate-limits.js';
import { sendRefusal } from '../serve-routes.js';
import { downloads } from './proof-downloads.js';
import { proofPage } from './proof-page.js';
import { proofPolicy } from './proof-style.js';
import { proofLanguage } from './proof-words.js';
import { type ProofPlaces, readSigned, readStoredProof, reportNames, signatureName } from './stored-proof.js';

export interface ServeProofDeps {
  readonly places: ProofPlaces;
  readonly limits: RateLimits;
}

export function serveProof(app: FastifyInstance, { places, limits }: ServeProofDeps): void {
  const limited = async (request: FastifyRequest, reply: FastifyReply) => {
    const tooFast = await limits.take('config', addressKey(request.ip));
    return tooFast === undefined || tooFast.ok ? undefined : sendRefusal(reply, tooFast.refusal);
  };
  app.get('/proof', { onRequest: limited }, async (request, reply) => {
    const query = request.query as Readonly<Record<string, unknown>>;
    const language = proofLanguage(query.lang, request.headers['accept-language']);
    return reply
      .header('content-security-policy', `${proofPolicy}; frame-ancestors 'none'`)
      .header('cache-control', 'no-cache')
      .header('vary', 'Accept-Language')
      .type('text/html; charset=utf-8')
      .send(proofPage(await readStoredProof(places), language));
  });
  for (const form of ['full', 'short'] as const) {
    const { report, signature } = downloads[form];
    app.get(report, { onRequest: limited }, async (_, reply) => {
      const signed = await readSigned(places, form);
      if (signed === undefined) return sendRefusal(reply, refuse('notFound').refusal);
      return download(reply, { name: reportNames[form], type: 'application/json', text: signed.text });
    });
    app.get(signature, { onRequest: limited }, async (_, reply) => {
      const signed = await readSigned(places, form);
      if (signed === undefined) return sendRefusal(reply, refuse('notFound').refusal);
      return download(reply, { name: signatureName(form), type: 'text/plain', text: signed.signature });
    });
  }
}

function download(
  reply: FastifyReply,
  file: { readonly name: string; readonly type: string; readonly text: string },
): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .header('cache-control', 'no-cache')
    .type(`${file.type}; charset=utf-8`)
    .send(file.text);
}
