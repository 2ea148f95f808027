/** One row of the table of routes: all that the server, the OpenAPI document and the tests know of it. */

import { type Reply, type Role, refuse } from '@alongside/protocol';
import * as v from 'valibot';
import { type Caller, Later, type RecordsCore, type TenantManager } from '../records/index.js';
import type { Ask } from './ask.js';
import type { LimitName } from './rate-limits.js';

export type Schema = v.GenericSchema;

/** Who may ask: anybody, a page of a listed origin, the bearer of a secret or a case's key, a person in a role. */
export type RouteAccess = OpenAccess | readonly Role[];
type OpenAccess = 'public' | 'page' | 'returnSecret' | 'caseKey' | 'emergency' | 'refreshCookie';

/** `session` sets the refresh cookie and answers who signed in; `signedOut` takes the cookie away. */
export type RouteAnswer = 'json' | 'session' | 'signedOut' | 'download' | 'csv';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly access: RouteAccess;
  readonly answer: RouteAnswer;
  readonly limit: LimitName;
  /** How long a browser may keep a good answer; none by default. */
  readonly keptSeconds: number;
  readonly params: Schema;
  readonly query: Schema;
  readonly body: Schema | undefined;
  run(core: RecordsCore, ask: Ask): Promise<Reply<unknown>>;
}

/** Where there is nothing to say, anything said is too much. */
export const nothing = v.strictObject({});

interface Described<Params extends Schema, Query extends Schema, Body extends Schema> {
  readonly method: Route['method'];
  readonly path: string;
  readonly summary: string;
  readonly limit?: LimitName;
  readonly keptSeconds?: number;
  readonly answer?: RouteAnswer;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
}

type Asked<Params extends Schema, Query extends Schema, Body extends Schema> = Ask<
  v.InferOutput<Params>,
  v.InferOutput<Query>,
  v.InferOutput<Body>
>;

type Nothing = typeof nothing;

export function openRoute<
  Params extends Schema = Nothing,
  Query extends Schema = Nothing,
  Body extends Schema = Nothing,
>(
  described: Described<Params, Query, Body> & {
    readonly access: OpenAccess;
    run(core: RecordsCore, ask: Asked<Params, Query, Body>): Promise<Reply<unknown>>;
  },
): Route {
  const { run } = described;
  return {
    ...rowOf(described),
    access: described.access,
    // The server hands over what the row's own schemas made of the request.
    run: (core, ask) => run(core, ask as Asked<Params, Query, Body>),
  };
}

export interface PersonAsks<Asking> {
  readonly core: RecordsCore;
  readonly manager: TenantManager;
  readonly caller: Caller;
  readonly ask: Asking;
}

/** For signed-in people: runs in a transaction of their tenant, after their role was looked at. */
export function personRoute<
  Params extends Schema = Nothing,
  Query extends Schema = Nothing,
  Body extends Schema = Nothing,
>(
  described: Described<Params, Query, Body> & {
    readonly roles: readonly Role[];
    /** For the promise alone, which comes before everything else. */
    readonly beforePledge?: true;
    run(asks: PersonAsks<Asked<Params, Query, Body>>): Promise<Reply<unknown>>;
  },
): Route {
  const { roles, run, beforePledge = false } = described;
  return {
    ...rowOf(described),
    access: roles,
    run: async (core, ask) => {
      const token = /^Bearer (\S+)$/.exec(ask.authorization ?? '')?.[1];
      if (token === undefined) return refuse('notAdmitted');
      const reply = await core.sessions.asCaller<unknown>(token, async (manager, caller) => {
        if (!roles.some((role) => caller.roles.includes(role))) return refuse('notPermitted');
        if (!caller.hasPledged && !beforePledge) return refuse('notPermitted', 'pledge');
        return run({ core, manager, caller, ask: ask as Asked<Params, Query, Body> });
      });
      return reply.ok && reply.value instanceof Later ? reply.value.make() : reply;
    },
  };
}

function rowOf<Params extends Schema, Query extends Schema, Body extends Schema>(
  described: Described<Params, Query, Body>,
): Omit<Route, 'access' | 'run'> {
  const {
    method,
    path,
    summary,
    limit = 'person',
    answer = 'json',
    keptSeconds = 0,
    params = nothing,
    query = nothing,
    body,
  } = described;
  return { method, path, summary, limit, answer, keptSeconds, params, query, body };
}
