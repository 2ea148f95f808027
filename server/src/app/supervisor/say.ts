/** What the supervisor says to the person who started it, and the log lines of its children as they come. */

/** One line for a person. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function sayError(line: string): void {
  process.stderr.write(`${line}\n`);
}

const LEVELS_FOR_PEOPLE = new Set(['warn', 'error', 'fatal']);

/**
 * Log lines of a child are passed on as they are. On a terminal only those that a person should see are, short;
 * whoever wants all of them gives a file or a pipe.
 */
export function passOnLog(name: string, line: string): void {
  if (!process.stdout.isTTY) {
    process.stdout.write(`${line}\n`);
    return;
  }
  const entry = readEntry(line);
  if (entry === undefined) sayError(`  ${name}: ${line}`);
  else if (LEVELS_FOR_PEOPLE.has(entry.level)) sayError(`  ${name} ${entry.level}: ${entry.event}`);
}

function readEntry(line: string): { readonly level: string; readonly event: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const [level, event] = [Reflect.get(value, 'level'), Reflect.get(value, 'event')];
    return typeof level === 'string' && typeof event === 'string' ? { level, event } : undefined;
  } catch {
    return undefined;
  }
}
