/**
 * Log lines as JSON on standard output: an event's name and fields that are known by name, and of a form that no
 * sentence has. Whatever else is handed over is left out and counted, so that a mistake costs a field and not a
 * person's words.
 */

import { pino } from 'pino';

/** What may be written down at all; a frame, an error or an object is none of it. */
export type Storable = string | number | boolean | undefined;
export type LogFields = Readonly<Record<string, Storable>>;
type Level = 'error' | 'warn' | 'info' | 'debug';

export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export interface LogWriter {
  write(line: string): void;
}

/** Names of fields; what they hold is an id, a count, a code or a duration. */
const fieldName = /^[a-z][A-Za-z0-9]{0,39}$/;
/** Ids, codes, addresses of our own servers, versions: no blanks, so no sentence, and nothing long. */
const storableText = /^[\w.:/@+-]{0,120}$/;
const eventName = /^[A-Za-z][\w:.-]{0,79}$/;
/** These never hold anything that may be logged, whatever it looks like. */
const forbiddenNames =
  /text|body|message|token|secret|pass(?!ed)|cookie|email|name(?!d)|url$|query|stack|detail|title|html|draft/i;

export function createLogger(options: {
  readonly process: string;
  readonly level: Level;
  readonly to: LogWriter;
}): Logger {
  const log = pino(
    {
      level: options.level,
      base: { process: options.process },
      messageKey: 'event',
      formatters: { level: (level) => ({ level }) },
    },
    options.to,
  );
  const write = (level: Level, event: string, fields: LogFields = {}): void => {
    const { kept, left } = storableFields(fields);
    const name = eventName.test(event) ? event : 'log:unnamed';
    log[level](left > 0 ? { ...kept, fieldsLeftOut: left } : kept, name);
  };
  return {
    debug: (event, fields) => write('debug', event, fields),
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  };
}

/**
 * Standard output without waiting for it: a reader that stalls costs lines and never time. Beyond a megabyte
 * unwritten, lines are dropped.
 */
export function standardOutput(): LogWriter & { flush(): void } {
  const destination = pino.destination({ dest: 1, sync: false, maxLength: 1024 * 1024 });
  // A reader that is gone takes nothing more; the process ends for other reasons.
  destination.on('error', () => undefined);
  return {
    write: (line) => void destination.write(line),
    flush: () => {
      try {
        destination.flushSync();
      } catch {
        // Nothing was written yet, or nobody reads any more.
      }
    },
  };
}

function storableFields(fields: LogFields): {
  readonly kept: Record<string, Storable>;
  readonly left: number;
} {
  const kept: Record<string, Storable> = {};
  let left = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (fieldName.test(name) && !forbiddenNames.test(name) && isStorable(value)) kept[name] = value;
    else left += 1;
  }
  return { kept, left };
}

/** By what it is at run time: types do not protect from a cast. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return storableText.test(value);
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
