/**
 * The one planted fault that is no leak: a start that no longer refuses. Whoever tries the starts has to see it in a
 * copy of which the rules for processes are gone, and the installation itself has to refuse.
 */

import { mkdir } from 'node:fs/promises';
import { copyInstallation } from '../copy/installed-copy.js';
import type { Attempt } from '../short/start-refusals.js';
import { refusals } from '../short/start-refusals.js';
import type { MatrixRow, Shown } from './matrix.js';
import { rowOf } from './matrix.js';
import type { Mutant } from './mutant.js';

const NAMED = 'DEBUG';
const REFUSES = 'refusesStart';

const refusalForgotten: Mutant = {
  name: 'refusal-forgotten',
  title: 'A start no longer asks how it was started, and goes on with a variable that makes libraries print',
  place: 'records',
  plants: 'sealed',
  detector: 'start-up',
  stoppedBy: 'permission',
  stopsWith: [REFUSES],
  short: false,
  patches: () => [
    {
      file: 'server/dist/app/process-rules.js',
      find: 'export function processFaults(facts) {',
      where: 'after',
      put: '\n    return [];',
    },
  ],
};

/** Without limits means here: in the copy. */
export async function showForgottenRefusal(root: string, folder: string): Promise<MatrixRow> {
  await mkdir(folder, { recursive: true });
  const places = { root: '', data: '', temporary: '', home: '', logs: '', dumps: '', profiles: '' };
  const sinks = { mail: 0, webhook: 0, traces: 0, errors: 0, redis: 0 };
  const planting = { slice: { own: 0, of: 1 }, places, sinks, redis: { port: 0, password: '' } };
  const copy = await copyInstallation(root, refusalForgotten.patches(planting));
  try {
    const [off, on] = [await shown(copy.root, folder), await shown(root, folder)];
    return rowOf(refusalForgotten, off, on);
  } finally {
    await copy.remove();
  }
}

/** It ends in either case: there is no database where it looks for one. */
const attempt: Attempt = {
  process: 'records',
  env: { [NAMED]: 'nothing-of-ours' },
  flags: [],
  faults: [{ what: NAMED, named: NAMED }],
};

async function shown(root: string, folder: string): Promise<Shown> {
  const [outcome] = await refusals(attempt, { root, folder });
  const refused = outcome?.refused === true;
  return {
    attempted: outcome !== undefined,
    answered: true,
    codes: [refused ? REFUSES : 'started'],
    foundBy: refused ? [] : ['start-up'],
    broke: [],
  };
}
