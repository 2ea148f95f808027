/** Serves the table of routes: limits, checks shapes, runs, answers. */

import { Readable } from 'node:stream';
import { type Refusal, type Reply, refusals, refuse } from '@alongside/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { ExportText, type RecordsCore } from '../records/index.js';
import type { Ask } from './ask.js';
import { addressKey, type RateLimits } from './rate-limits.js';
import type { RefreshCookie } from './refresh-cookie.js';
import { nothing, type Route, type Schema } from './route.js';

export interface ServeDeps {
  readonly core: RecordsCore;
  readonly limits: RateLimits;
  readonly cookie: RefreshCookie;
  readonly consoleOrigin: string;
}

export function serveRoutes(app: FastifyInstance, routes: readonly Route[], deps: ServeDeps): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path,
      // Of what is asked in one way there is one route: another of each for its headers alone took as long to make.
      exposeHeadRoute: false,
      handler: async (request, reply) =>
        answer(reply, { route, deps, outcome: await run(request, route, deps) }),
    });
  }
}

async function run(request: FastifyRequest, route: Route, deps: ServeDeps): Promise<Reply<unknown>> {
  const address = addressKey(request.ip);
  const limited = await deps.limits.take(route.limit, address);
  if (limited !== undefined) return limited;
  if (isForeign(request, route, deps.consoleOrigin)) return refuse('originNotAllowed');
  const read = readAsk(request, route);
  if (!read.ok) return read;
  const ask = { ...read.value, address, refreshToken: deps.cookie.read(request) };
  return route.limit === 'signIn' ? guardedSignIn(ask, route, deps) : route.run(deps.core, ask);
}

/** What changes something for the console comes from the console's own pages; scripts send no origin at all. */
function isForeign({ method, headers }: FastifyRequest, { access }: Route, consoleOrigin: string): boolean {
  if (access === 'page' || access === 'returnSecret' || method === 'GET') return false;
  return headers.origin !== undefined && headers.origin !== consoleOrigin;
}

function readAsk(request: FastifyRequest, route: Route): Reply<Omit<Ask, 'address' | 'refreshToken'>> {
  const params = parse(route.params, request.params, 'path');
  if (!params.ok) return params;
  const query = parse(route.query, request.query, 'query');
  if (!query.ok) return query;
  // Where nothing is expected, an empty object is as good as nothing.
  const given = route.body === undefined ? (request.body ?? {}) : request.body;
  const body = parse(route.body ?? nothing, given, 'body');
  if (!body.ok) return body;
  const { origin, authorization } = request.headers;
  return {
    ok: true,
    value: { params: params.value, query: query.value, body: body.value, origin, authorization },
  };
}

/** A refusal names the field and never what was in it. */
function parse(schema: Schema, value: unknown, place: string): Reply<unknown> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  return refuse('malformed', fieldName(issue) ?? place);
}

/** An unknown field's name is what a stranger wrote: it is given back only if it looks like a name. */
function fieldName(issue: v.BaseIssue<unknown>): string | undefined {
  const path = v.getDotPath(issue);
  return path !== null && /^[\w.-]{1,120}$/.test(path) ? path : undefined;
}

/** Only failures count, so that an office full of people can sign in, and guessing one password cannot go on. */
async function guardedSignIn(ask: Ask, route: Route, { core, limits }: ServeDeps): Promise<Reply<unknown>> {
  const email = v.is(v.object({ email: v.string() }), ask.body) ? ask.body.email : '';
  const key = `${ask.address} ${email}`;
  if (await limits.isSpent('signInFailure', key)) return refuse('tooFast');
  const outcome = await route.run(core, ask);
  if (!outcome.ok && outcome.refusal.code === 'notAdmitted') await limits.take('signInFailure', key);
  return outcome;
}

interface Outcome {
  readonly route: Route;
  readonly deps: ServeDeps;
  readonly outcome: Reply<unknown>;
}

const Opened = v.object({ signedIn: v.unknown(), refreshToken: v.string() });

function answer(reply: FastifyReply, { route, deps, outcome }: Outcome): FastifyReply {
  if (!outcome.ok) {
    // A refresh that is not admitted will not be next time: the cookie goes with the session.
    if (route.access === 'refreshCookie' && outcome.refusal.code === 'notAdmitted') deps.cookie.clear(reply);
    return sendRefusal(reply, outcome.refusal);
  }
  switch (route.answer) {
    case 'session': {
      const { signedIn, refreshToken } = v.parse(Opened, outcome.value);
      deps.cookie.set(reply, refreshToken);
      return reply.send(signedIn);
    }
    case 'signedOut':
      deps.cookie.clear(reply);
      return reply.send(outcome.value);
    case 'download':
      reply.header('content-disposition', 'attachment; filename="alongside-export.json"');
      if (outcome.value instanceof ExportText) reply.type('application/json; charset=utf-8');
      return reply.send(inParts(outcome.value));
    case 'csv':
      reply
        .header('content-disposition', 'attachment; filename="alongside-export.csv"')
        .type('text/csv; charset=utf-8');
      return reply.send(inParts(outcome.value));
    case 'json':
      if (route.keptSeconds > 0) reply.header('cache-control', `public, max-age=${route.keptSeconds}`);
      if (outcome.value instanceof ExportText) reply.type('application/json; charset=utf-8');
      return reply.send(inParts(outcome.value));
  }
}

/** What is long is read only as fast as it is taken. */
function inParts(value: unknown): unknown {
  return value instanceof ExportText ? Readable.from(value) : value;
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { origin } = reply.request.headers;
  // The SDK prints this where the page's developer looks; the origin is what their browser said of the page.
  const message =
    refusal.code === 'originNotAllowed' && origin !== undefined && /^[\w.:/-]{1,255}$/.test(origin)
      ? { message: `The origin ${origin} is not in this site's list of origins; an officer can add it.` }
      : {};
  return reply.code(refusals[refusal.code].status).send({ refusal, ...message });
}
