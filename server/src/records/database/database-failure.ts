/** What a failed statement may tell: codes and names. Never its rows, parameters or text. */

export interface DatabaseFailure {
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
}

/** Thrown when Postgres does not answer; the request may be tried again. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  /** All connections were in use for too long: the database may be well, and others may still reach it. */
  readonly busy: boolean;

  constructor(code: string) {
    super(`the database does not answer (${code})`);
    this.busy = code === 'busy';
  }
}

/** Thrown for every other failed statement, in place of the driver's error, which quotes rows. */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
  readonly failure: DatabaseFailure;

  constructor(failure: DatabaseFailure) {
    super(`a statement failed (${failure.code}${failure.constraint ? `, ${failure.constraint}` : ''})`);
    this.failure = failure;
  }
}

const unique = '23505';
/** Raised by the trigger that checks a row's transfer decision. */
const notCovered = 'AL001';

export function isDuplicate(error: unknown, constraint?: string): boolean {
  if (!(error instanceof StatementFailed) || error.failure.code !== unique) return false;
  return constraint === undefined || error.failure.constraint === constraint;
}

export function isNotCovered(error: unknown): boolean {
  return error instanceof StatementFailed && error.failure.code === notCovered;
}

/** Connection lost, shutting down, out of resources or disk; and what the sockets say themselves. */
const unavailable =
  /^(08|53|57P|58)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const poolExhausted = /timeout exceeded when trying to connect/i;
const unavailableMessage =
  /terminated|connection timeout|Connection ended|not queryable|Query read timeout|released query ?runner|Driver not Connected/i;

/** Makes the driver's error harmless. Errors that are not the database's are handed on as they are. */
export function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageUnavailable || error instanceof StatementFailed) {
    return error;
  }
  const driver: unknown = 'driverError' in error ? error.driverError : error;
  if (!(driver instanceof Error)) return error;
  const code = readText(driver, 'code');
  if (code !== undefined && unavailable.test(code)) return new StorageUnavailable(code);
  if (code === undefined && poolExhausted.test(driver.message)) return new StorageUnavailable('busy');
  if (code === undefined && unavailableMessage.test(driver.message)) return new StorageUnavailable('lost');
  if (driver instanceof AggregateError) return new StorageUnavailable('unreachable');
  if (code === undefined && !('driverError' in error)) return error;
  return new StatementFailed({
    code: code ?? 'unknown',
    constraint: readText(driver, 'constraint'),
    table: readText(driver, 'table'),
  });
}

function readText(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && /^[\w$.-]{1,64}$/.test(value) ? value : undefined;
}
