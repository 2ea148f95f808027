/** Starts everything: the database, `records`, `live` and the demo, from what was bundled where that is current. */

import './no-debugger.js';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findPrograms } from './supervisor/programs.js';

const project = {
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  folder: dirname(fileURLToPath(import.meta.url)),
};
const programs = findPrograms(project);
const { runMain }: typeof import('./main-process.js') = await import(pathToFileURL(programs.main).href);
await runMain(project, programs);
