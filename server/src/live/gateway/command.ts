/**
 * The one way of every command: count, limit, parse, identify, permit, run, reply. Handlers see only bodies that
 * were parsed by the table in the protocol, and every command is acknowledged.
 */

import { randomUUID } from 'node:crypto';
import type { CommandValues, Reply } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';
import type { Socket } from 'socket.io';
import type { BaseIssue, GenericSchema, InferOutput } from 'valibot';
import { getDotPath, safeParse } from 'valibot';
import type { LiveCounts } from '../live-counts.js';
import type { LiveLogger } from '../live-logger.js';
import type { RateWindow } from './rate-window.js';

/** At the third of these the connection is closed: no client of ours makes one. */
const STRIKES = 3;
/** So many commands beyond its rate without one within it, and the connection is closed: each costs an answer. */
const EXCESS_COMMANDS = 1000;

export type CommandTable = Readonly<Record<string, GenericSchema>>;

/** For each command its handler; `Actor` is who acts on what, as `identify` found it. */
export type Handlers<Table extends CommandTable, Actor> = {
  readonly [K in keyof Table & keyof CommandValues]: (
    actor: Actor,
    body: InferOutput<Table[K]>,
  ) => Reply<CommandValues[K]> | Promise<Reply<CommandValues[K]>>;
};

type AnyHandler<Actor> = (actor: Actor, body: unknown) => Reply<unknown> | Promise<Reply<unknown>>;

export interface CommandDoor<Actor> {
  readonly table: CommandTable;
  /** Handlers that were checked against the table by their type, where they are made. */
  readonly handlers: object;
  /** Finds whose engagement it is and whether this may be done now. */
  identify(command: string, body: unknown): Reply<Actor>;
  readonly rate: RateWindow;
  readonly counts: LiveCounts;
  readonly logger: LiveLogger;
}

/** Takes every command of the table from the socket, and nothing else: one listener for all of them. */
export function bindCommands<Actor>(socket: Socket, door: CommandDoor<Actor>): void {
  const commands = new SocketCommands(socket, door);
  // Never handed on: nobody else listens.
  socket.use(([name, ...args]) => commands.take(name, args));
}

class SocketCommands<Actor> {
  readonly #socket: Socket;
  readonly #door: CommandDoor<Actor>;
  #strikes = 0;
  #excess = 0;

  constructor(socket: Socket, door: CommandDoor<Actor>) {
    this.#socket = socket;
    this.#door = door;
  }

  take(name: string, args: unknown[]): void {
    const { counts, table } = this.#door;
    const reply = args.at(-1);
    if (!Object.hasOwn(table, name)) {
      // The name is what somebody made up: it is counted, and never repeated anywhere.
      counts.add('refused.unknownCommand');
      if (typeof reply === 'function') reply(refuse('unknownCommand'));
      this.#strike();
    } else if (typeof reply === 'function') {
      this.#answer(name, args.slice(0, -1), (answered) => reply(answered));
    } else {
      counts.add('refused.unacknowledged');
      this.#strike();
    }
  }

  #answer(name: string, args: readonly unknown[], reply: (answered: Reply<unknown>) => void): void {
    const door = this.#door;
    const isWithinRate = door.rate.take();
    this.#excess = isWithinRate ? 0 : this.#excess + 1;
    if (this.#excess >= EXCESS_COMMANDS) setImmediate(() => this.#socket.disconnect(true));
    const answering = isWithinRate ? answer(door, name, args) : Promise.resolve(refuse('tooFast'));
    answering
      .then((answered) => {
        door.counts.add(answered.ok ? `done.${name}` : `refused.${answered.refusal.code}`);
        reply(answered);
      })
      // Only a reply that cannot be written comes here; the client sees the command time out.
      .catch(() => door.logger.error('command:unanswered', { command: name }));
  }

  #strike(): void {
    this.#strikes += 1;
    if (this.#strikes >= STRIKES) setImmediate(() => this.#socket.disconnect(true));
  }
}

async function answer<Actor>(
  door: CommandDoor<Actor>,
  name: string,
  args: readonly unknown[],
): Promise<Reply<unknown>> {
  const schema = door.table[name];
  const handler = (door.handlers as Readonly<Record<string, AnyHandler<Actor>>>)[name];
  if (schema === undefined || handler === undefined) return refuse('unknownCommand');
  if (args.length !== 1 || !isBody(args[0])) return refuse('malformed');
  try {
    const parsed = safeParse(schema, args[0]);
    if (!parsed.success) return refuseBody(parsed.issues[0]);
    const actor = door.identify(name, parsed.output);
    if (!actor.ok) return actor;
    return await handler(actor.value, parsed.output);
  } catch (error) {
    const correlationId = randomUUID();
    const cause = error instanceof Error ? error.name : 'unknown';
    door.logger.error('command:failed', { command: name, correlationId, cause });
    return refuse('internal', correlationId);
  }
}

/** Lists and binary attachments are objects too, and an empty list would pass for a body without fields. */
function isBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
}

/** Names the field, never its content. An unknown field is named by the body that has it. */
function refuseBody(issue: BaseIssue<unknown>): Reply<never> {
  const code = issue.type === 'max_length' ? 'tooLarge' : 'malformed';
  const known = issue.expected !== 'never';
  const path = known ? getDotPath(issue) : null;
  return refuse(code, path === null ? undefined : path.slice(0, 64));
}
