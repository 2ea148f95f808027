/** The table of what a process must not be started with, walked: every row is broken once in each way it names. */

import { describe, expect, it } from 'vitest';
import { processFaults, processRules } from './process-rules.js';

const ways: Readonly<Record<string, readonly string[]>> = {
  'DEBUG, NODE_DEBUG, NODE_DEBUG_NATIVE': ['DEBUG=*', 'NODE_DEBUG=net', 'NODE_DEBUG_NATIVE=http2'],
  SSLKEYLOGFILE: ['SSLKEYLOGFILE=/tmp/keys'],
  'NODE_V8_COVERAGE, NODE_REDIRECT_WARNINGS': ['NODE_V8_COVERAGE=/tmp/c', 'NODE_REDIRECT_WARNINGS=/tmp/w'],
  'LD_PRELOAD, LD_AUDIT, DYLD_INSERT_LIBRARIES, OPENSSL_CONF, OPENSSL_MODULES': [
    'LD_PRELOAD=a.so',
    'LD_AUDIT=b',
    'DYLD_INSERT_LIBRARIES=c',
    'OPENSSL_CONF=d',
    'OPENSSL_MODULES=e',
  ],
  'UV_USE_IO_URING other than 0': ['UV_USE_IO_URING=1'],
  '--inspect…, --debug-port': ['--inspect', '--inspect-brk=0', '--inspect_port=1', '--debug-port=1'],
  '--heapsnapshot-…, --heap-prof…, --build-snapshot': [
    '--heapsnapshot-signal=SIGUSR2',
    '--heapsnapshot_near_heap_limit=1',
    '--heap-prof',
    '--heap-prof-dir=/tmp',
    '--build-snapshot',
  ],
  '--cpu-prof…, --prof…, --perf-…, --log-…, --logfile': [
    '--cpu-prof',
    '--prof',
    '-prof',
    '--log',
    '-log-function-events',
    '--prof-process',
    '--perf-basic-prof',
    '--log-all',
    '--logfile=/tmp/v8',
  ],
  '--report-…, --diagnostic-dir, --redirect-warnings': [
    '--report-on-fatalerror',
    '--report_uncaught_exception',
    '--diagnostic-dir=/tmp',
    '--redirect-warnings=/tmp/w',
  ],
  '--trace, --trace-event-…, --trace-tls, --trace-turbo, --tls-keylog': [
    '--trace',
    '--trace-event-categories=node',
    '--trace-events-enabled',
    '--trace-tls',
    '--trace-turbo',
    '--tls-keylog=/tmp/k',
  ],
  '--abort-on-uncaught-exception': [
    '--abort-on-uncaught-exception',
    '--abort_on_uncaught_exception',
    '-abort-on-uncaught-exception',
  ],
  '--require, --import, --loader, --snapshot-blob, --openssl-config': [
    '--require=a',
    '-r',
    '--import=a',
    '--loader=a',
    '--experimental-loader=a',
    '--snapshot-blob=a',
    '--openssl-config=a',
  ],
};

describe('A process of ours', () => {
  it('has a way to break each rule in this test', () => {
    expect(Object.keys(ways).toSorted()).toEqual(processRules.map(({ what }) => what).toSorted());
  });

  for (const { what, why } of processRules) {
    it.each(ways[what] ?? [])(`refuses %s (${what})`, (way) => {
      const told = way.startsWith('-') ? way : (way.split('=')[0] ?? '');
      for (const facts of given(way)) {
        const faults = processFaults(facts);
        expect(faults).toEqual([`${told} must not be given: ${why}. Start without it.`]);
      }
    });
  }

  it('takes what reveals nothing', () => {
    const flags = '--max-old-space-size=512 --trace-warnings --enable-source-maps --permission';
    const env = { NODE_OPTIONS: flags, DEBUG: '', UV_USE_IO_URING: '0', NODE_ENV: 'production' };
    expect(processFaults({ env, flags: flags.split(' ') })).toEqual([]);
  });

  it('takes a quoted value for no flag', () => {
    const env = { NODE_OPTIONS: '"--title=a --inspect \\" --cpu-prof"' };
    expect(processFaults({ env, flags: [] })).toEqual([]);
  });

  it('never tells what is in a variable', () => {
    const [fault] = processFaults({ env: { DEBUG: 'hidden-words' }, flags: [] });
    expect(fault).not.toContain('hidden-words');
  });
});

/** A flag comes with the command or with NODE_OPTIONS. */
function given(way: string) {
  if (way.startsWith('-')) {
    return [
      { env: {}, flags: [way] },
      ...written(way).map((options) => ({ env: { NODE_OPTIONS: `--no-warnings ${options}` }, flags: [] })),
    ];
  }
  const [name = '', value] = way.split('=');
  return [{ env: { [name]: value }, flags: [] }];
}

/** Each is the same option to Node. */
function written(way: string): readonly string[] {
  const [first = '', ...rest] = way;
  return [way, `"${way}"`, `${first}"${rest.join('')}"`, `"\\${way}"`, `"--title=a b" "${way}"`, `""${way}`];
}
