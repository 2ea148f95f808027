/** Fences A, B and E: what the compiler refuses, shown by planting it in a copy. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** @typedef {{ fence: string, project: string, file: string, text: string, errors: readonly RegExp[] }} TypeBreach */

/** @type {readonly TypeBreach[]} */
export const TYPE_BREACHES = [
  {
    fence: 'A: live names a file of records',
    project: 'server/src/live',
    file: 'server/src/live/breach-one.ts',
    text: "import { createRecordsCore } from '../records/index.js';\nexport const reached = createRecordsCore;\n",
    errors: [/TS6059|TS6307/],
  },
  {
    fence: 'A: the relay names a type of records only',
    project: 'server/src/live/relay',
    file: 'server/src/live/relay/breach-two.ts',
    text: "import type { RecordsLogger } from '../../records/records-logger.js';\nexport type Reached = RecordsLogger;\n",
    errors: [/TS6059|TS6307/],
  },
  {
    fence: 'A: the rules name a file of the server',
    project: 'packages/engagement',
    file: 'packages/engagement/src/breach.ts',
    text: "export * from '../../../server/src/records/records-logger.js';\n",
    errors: [/TS6059|TS6307/],
  },
  {
    fence: 'B: the relay names fs, net, console, process, a timer or a request',
    project: 'server/src/live/relay',
    file: 'server/src/live/relay/breach.ts',
    text: [
      "import { writeFileSync } from 'node:fs';",
      "import { connect } from 'node:net';",
      'console.log(writeFileSync, connect);',
      'process.exit();',
      'setTimeout(() => undefined, 1);',
      "void fetch('http://localhost');",
      'document.title;',
      "void Buffer.from('x');",
      '',
    ].join('\n'),
    errors: [1, 2, 3, 4, 5, 6, 7, 8].map((line) => new RegExp(`breach\\.ts[(:]${line}[,:]`)),
  },
  {
    fence: 'E: a frame is handed to a log line',
    project: 'server/src/live',
    file: 'server/src/live/breach-three.ts',
    text: [
      "import type { LiveLogger } from './live-logger.js';",
      "import { Frame } from './relay/frame.js';",
      'export function leak(logger: LiveLogger, frame: Frame): void {',
      "  logger.info('frame', { frame });",
      '}',
      '',
    ].join('\n'),
    errors: [/breach-three\.ts[(:]4[,:].*TS2322/],
  },
  {
    fence: 'E: a frame is handed to the journal',
    project: 'server/src/live',
    file: 'server/src/live/breach-four.ts',
    text: [
      "import type { Journal, JournalEntry } from '@alongside/engagement';",
      "import type { Frame } from './relay/frame.js';",
      'export function leak(journal: Journal, entry: JournalEntry, frame: Frame): void {',
      "  journal.report({ ...entry, type: 'chatLine', text: frame });",
      '  journal.report(frame);',
      '}',
      '',
    ].join('\n'),
    errors: [/breach-four\.ts[(:]4[,:].*TS2\d{3}/, /breach-four\.ts[(:]5[,:].*TS2345/],
  },
];

/**
 * What the compiler says of a project of the copy.
 * @param {string} folder
 * @param {string} project
 * @returns {Promise<string>}
 */
export function compile(folder, project) {
  const tsc = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [
    tsc,
    '-p',
    project,
    '--noEmit',
    '--pretty',
    'false',
    '--incremental',
    'false',
    '--composite',
    'false',
    // More of them check what they share once each.
    '--checkers',
    '1',
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 16_000_000 }, (_error, stdout, stderr) => {
      resolve(`${stdout}\n${stderr}`);
    });
  });
}
