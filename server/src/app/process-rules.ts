/**
 * What a process of ours must not be started with: each would let memory be read, or what is passed on be written
 * down, whatever else is in force. `main` looks before it starts anything, `records` and `live` at themselves.
 */

export interface ProcessFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What Node itself was given, apart from NODE_OPTIONS. */
  readonly flags: readonly string[];
}

export interface ProcessRule {
  /** As it stands in the table for people. */
  readonly what: string;
  readonly why: string;
  readonly found: (facts: ProcessFacts) => readonly string[];
}

export const processRules: readonly ProcessRule[] = [
  variables('DEBUG, NODE_DEBUG, NODE_DEBUG_NATIVE', 'libraries would print what they carry'),
  variables('SSLKEYLOGFILE', 'the keys of connections would be written down'),
  variables('NODE_V8_COVERAGE, NODE_REDIRECT_WARNINGS', 'a file of the process would be written'),
  variables('LD_PRELOAD, LD_AUDIT, DYLD_INSERT_LIBRARIES', 'a library of others would see everything'),
  {
    what: 'UV_USE_IO_URING other than 0',
    why: 'writes by io_uring are seen by no observer',
    found: ({ env }) => (env.UV_USE_IO_URING && env.UV_USE_IO_URING !== '0' ? ['UV_USE_IO_URING'] : []),
  },
  flags('--inspect…, --debug-port', /^--(inspect|debug-port|experimental-network-inspection)/, {
    why: 'a debugger could read memory',
  }),
  flags('--heapsnapshot-…, --heap-prof…, --build-snapshot', /^--(heapsnapshot|heap-prof|build-snapshot)/, {
    why: 'memory would be written to a file',
  }),
  flags(
    '--cpu-prof…, --prof…, --perf-…, --log-…, --logfile',
    /^--(cpu-prof|prof(?:=|-|$)|perf-|ll-prof|interpreted-frames-native-stack|logfile|log-)/,
    { why: 'a profile would be written to a file' },
  ),
  flags('--report-…, --diagnostic-dir, --redirect-warnings', /^--(report|diagnostic-dir|redirect-warnings)/, {
    why: 'a report would be written to a file',
  }),
  flags(
    '--trace, --trace-event-…, --trace-tls, --trace-turbo, --tls-keylog',
    /^--(trace-event|trace-tls|trace-turbo|trace(?:=|$)|redirect-code-traces|tls-keylog)/,
    { why: 'what passes through would be written down' },
  ),
  flags('--abort-on-uncaught-exception', /^--abort-on-uncaught-exception/, {
    why: 'a fault would leave an image of memory',
  }),
  flags('--require, --import, --loader', /^(-r$|--(require|import|loader|experimental-loader)(?:=|$))/, {
    why: 'code of others would run before ours and see everything',
  }),
];

/** One line for a person for each rule that is broken; none when the start may go on. */
export function processFaults(facts: ProcessFacts): readonly string[] {
  return processRules.flatMap(({ found, why }) => {
    const names = [...new Set(found(facts))];
    return names.length === 0 ? [] : [`${names.join(', ')} must not be given: ${why}. Start without it.`];
  });
}

/** Names of variables are told, and never what is in them. */
function variables(names: string, why: string): ProcessRule {
  const each = names.split(', ');
  return { what: names, why, found: ({ env }) => each.filter((name) => Boolean(env[name])) };
}

/** Node takes `_` for `-`. */
function flags(what: string, pattern: RegExp, { why }: { readonly why: string }): ProcessRule {
  return {
    what,
    why,
    found: (facts) =>
      [...facts.flags, ...(facts.env.NODE_OPTIONS ?? '').split(/\s+/)].filter((flag) =>
        pattern.test(flag.replaceAll('_', '-')),
      ),
  };
}
