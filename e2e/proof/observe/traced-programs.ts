/** Which program each traced process runs: a process is known from what it executes, a thread or child from its parent. */

import type { TracedCall } from './strace-lines.js';
import { hasFailed } from './strace-lines.js';
import { quotedStrings } from './strace-text.js';

export const programNames = ['main', 'live', 'records', 'shop', 'postgres', 'media-worker', 'other'] as const;
export type ProgramName = (typeof programNames)[number];

const COMMANDS: readonly (readonly [RegExp, ProgramName])[] = [
  [/(?:^|\/)live-main\.m?js(?: |$)/, 'live'],
  [/(?:^|\/)records-main\.js(?: |$)/, 'records'],
  [/\/demo-shop\/.*main\.js(?: |$)/, 'shop'],
  [/\/app\/main\.js(?: |$)/, 'main'],
  [/^\S*mediasoup-worker/, 'media-worker'],
  [/^\S*\/(?:postgres|initdb)(?: |$)/, 'postgres'],
];

const BEGINS_ANOTHER = new Set(['clone', 'clone3', 'fork', 'vfork']);

export class TracedPrograms {
  readonly #known = new Map<number, ProgramName>();

  /** Of every call, in the order in which they come. */
  note(call: TracedCall): void {
    if (hasFailed(call)) return;
    if (call.name === 'execve') this.#known.set(call.pid, programOf(call.args));
    else if (BEGINS_ANOTHER.has(call.name)) this.#begin(Number(call.result), this.of(call.pid));
  }

  /** Undefined for one whose beginning has not been heard of yet: a child may act before its parent's call returns. */
  of(pid: number): ProgramName | undefined {
    return this.#known.get(pid);
  }

  #begin(child: number, parent: ProgramName | undefined): void {
    if (child > 0 && parent !== undefined && !this.#known.has(child)) this.#known.set(child, parent);
  }
}

/** The command with its arguments, as words between blanks; the program's own path is left out. */
function programOf(args: string): ProgramName {
  const [, ...command] = quotedStrings(args.slice(0, args.lastIndexOf(']') + 1)).map(({ bytes }) =>
    bytes.toString('utf8'),
  );
  const line = command.join(' ');
  return COMMANDS.find(([pattern]) => pattern.test(line))?.[1] ?? 'other';
}
