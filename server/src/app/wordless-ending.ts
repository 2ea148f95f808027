/** What nobody caught ends the process. Node would print its words, and the line of the program that threw. */

import { writeSync } from 'node:fs';
import { wordlessFault } from './wordless-fault.js';

process.on('uncaughtException', (error: unknown) => {
  try {
    writeSync(2, `It ends: ${wordlessFault(error)}\n`);
  } finally {
    process.exit(1);
  }
});
