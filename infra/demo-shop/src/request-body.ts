/** Reads a request's body under a limit, as a form or as JSON. */
import type { IncomingMessage } from 'node:http';

/** A payslip of 2 MB and the fields around it. */
const largestBodyBytes = 2 * 1024 * 1024 + 64 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return undefined;
    bytes += chunk.length;
    // What is too large is read to its end and dropped: a browser that is cut off would not show the answer.
    if (bytes <= largestBodyBytes) chunks.push(chunk);
  }

  return bytes <= largestBodyBytes ? Buffer.concat(chunks) : undefined;
}

/** Undefined for a body that is too large or no form. */
export async function readForm(request: IncomingMessage): Promise<FormData | undefined> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (body === undefined) return undefined;
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    // The platform's parser throws for every malformed body; for the shop that is a form without answers.
    return undefined;
  }
}

/** Undefined for a body that is too large or no JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request);
  if (body === undefined || !(request.headers['content-type'] ?? '').startsWith('application/json'))
    return undefined;
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));

    return parsed;
  } catch {
    // As with forms: what cannot be read has no fields, and the handler refuses it by name.
    return undefined;
  }
}
