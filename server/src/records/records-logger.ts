/** What `records` may log: an event's name, and ids, counts and codes. */

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RecordsLogger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
