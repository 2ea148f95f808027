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
  /** One way to break it, as whoever shows the refusal starts it; FOLDER stands for a writable one. */
  readonly example: string;
  readonly found: (facts: ProcessFacts) => readonly string[];
}

export const processRules: readonly ProcessRule[] = [
  variables('DEBUG, NODE_DEBUG, NODE_DEBUG_NATIVE', {
    why: 'libraries would print what they carry',
    value: 'nothing-of-ours',
  }),
  variables('SSLKEYLOGFILE', {
    why: 'the keys of connections would be written down',
    value: 'FOLDER/keys',
  }),
  variables('NODE_V8_COVERAGE, NODE_REDIRECT_WARNINGS', {
    why: 'a file of the process would be written',
    value: 'FOLDER/coverage',
  }),
  variables('LD_PRELOAD, LD_AUDIT, DYLD_INSERT_LIBRARIES, OPENSSL_CONF, OPENSSL_MODULES', {
    why: 'a library of others would see everything',
    value: 'FOLDER/none.so',
  }),
  {
    what: 'UV_USE_IO_URING other than 0',
    why: 'writes by io_uring are seen by no observer',
    example: 'UV_USE_IO_URING=1',
    found: ({ env }) => (env.UV_USE_IO_URING && env.UV_USE_IO_URING !== '0' ? ['UV_USE_IO_URING'] : []),
  },
  flags('--inspect…, --debug-port', /^--(inspect|debug-port|experimental-network-inspection)/, {
    why: 'a debugger could read memory',
    example: '--inspect=127.0.0.1:0',
  }),
  flags('--heapsnapshot-…, --heap-prof…, --build-snapshot', /^--(heapsnapshot|heap-prof|build-snapshot)/, {
    why: 'memory would be written to a file',
    example: '--heapsnapshot-signal=SIGUSR2',
  }),
  flags(
    '--cpu-prof…, --prof…, --perf-…, --log-…, --logfile',
    /^--(cpu-prof|prof(?:=|-|$)|perf-|ll-prof|interpreted-frames-native-stack|logfile|log(?:=|-|$))/,
    { why: 'a profile would be written to a file', example: '--cpu-prof' },
  ),
  flags('--report-…, --diagnostic-dir, --redirect-warnings', /^--(report|diagnostic-dir|redirect-warnings)/, {
    why: 'a report would be written to a file',
    example: '--report-on-fatalerror',
  }),
  flags(
    '--trace, --trace-event-…, --trace-tls, --trace-turbo, --tls-keylog',
    /^--(trace-event|trace-tls|trace-turbo|trace(?:=|$)|redirect-code-traces|tls-keylog)/,
    { why: 'what passes through would be written down', example: '--trace-tls' },
  ),
  flags('--abort-on-uncaught-exception', /^--abort-on-uncaught-exception/, {
    why: 'a fault would leave an image of memory',
    example: '--abort-on-uncaught-exception',
  }),
  flags(
    '--require, --import, --loader, --snapshot-blob, --openssl-config',
    /^(-r$|--(require|import|loader|experimental-loader|snapshot-blob|openssl-config)(?:=|$))/,
    {
      why: 'code of others would run before ours and see everything',
      example: '--import=data:text/javascript,',
    },
  ),
];

/** One line for a person for each rule that is broken; none when the start may go on. */
export function processFaults(facts: ProcessFacts): readonly string[] {
  return processRules.flatMap(({ found, why }) => {
    const names = [...new Set(found(facts))];
    return names.length === 0 ? [] : [`${names.join(', ')} must not be given: ${why}. Start without it.`];
  });
}

interface Broken {
  readonly why: string;
  readonly example: string;
}

/** Names of variables are told, and never what is in them. */
function variables(
  names: string,
  { why, value }: { readonly why: string; readonly value: string },
): ProcessRule {
  const each = names.split(', ');
  return {
    what: names,
    why,
    example: `${each[0]}=${value}`,
    found: ({ env }) => each.filter((name) => Boolean(env[name])),
  };
}

/** Node takes `_` for `-`, and V8 one dash before a name for two. */
function flags(what: string, pattern: RegExp, { why, example }: Broken): ProcessRule {
  return {
    what,
    why,
    example,
    found: (facts) =>
      [...facts.flags, ...optionsOf(facts.env.NODE_OPTIONS ?? '')].filter((flag) =>
        pattern.test(flag.replaceAll('_', '-').replace(/^-(?=[a-z]{2})/, '--')),
      ),
  };
}

/**
 * As Node itself reads that variable: blanks end an option outside of quotes, and inside of them a backslash stands
 * before a character that is meant as it is. What Node would take and this would not is a way round every rule.
 */
function optionsOf(text: string): readonly string[] {
  const options: string[] = [''];
  let isQuoted = false;
  let isMeantAsItIs = false;
  for (const character of text) {
    if (isQuoted && character === '\\' && !isMeantAsItIs) isMeantAsItIs = true;
    else if (character === '"' && !isMeantAsItIs) isQuoted = !isQuoted;
    else if (/\s/.test(character) && !isQuoted) options.push('');
    else {
      options.push(`${options.pop() ?? ''}${character}`);
      isMeantAsItIs = false;
    }
  }
  return options;
}
