/** How the embedded Postgres is set: durable, on loopback only, and with a log that holds no row. */

/** Every setting of a running server that differs from what `initdb` wrote. */
export function serverSettings(port: number): readonly string[] {
  return asArguments({
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket file could be opened by other accounts of the machine; the network needs the password.
    unix_socket_directories: '',
    ...DURABLE,
    ...SILENT,
    // Kernel interfaces that escape the file limits of our processes are used nowhere.
    io_method: 'worker',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    shared_buffers: '64MB',
    // Erased rows stay in the write-ahead log until its files are reused: keep few of them.
    max_wal_size: '128MB',
    min_wal_size: '32MB',
  });
}

/** For the first start, which makes roles and database: its own errors must show, its statements must not. */
export function firstSettings(): readonly string[] {
  return asArguments({ ...DURABLE, ...SILENT, log_min_messages: 'error', io_method: 'worker' });
}

const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/**
 * Postgres quotes the failing row in an error's details, bound parameters included, and a value that it
 * cannot parse in the error itself. At level `log` its log has the server's own life and nothing of a
 * statement; the others are a second lock on the same door.
 */
const SILENT = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_connections: 'off',
  log_autovacuum_min_duration: '-1',
};

function asArguments(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
