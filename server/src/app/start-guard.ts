/** Imported first of all: a start that would reveal what passes through ends before any library is even loaded. */

import './no-debugger.js';
import './wordless-ending.js';
import { environment } from './config.js';
import { processFaults } from './process-rules.js';

const faults = processFaults({ env: environment(), flags: process.execArgv });
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}
