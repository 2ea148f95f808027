/**
 * The one planted fault that is no leak: a start that no longer refuses. Whoever tries the starts has to see it in a
 * copy of which the rules for processes are gone, and the installation itself has to refuse.
 */

import { mkdir } from 'node:fs/promises';
import { copyInstallation } from '../copy/installed-copy.js';
import type { Attempt, StartEnded } from '../short/start-refusals.js';
import { isRefusal, start } from '../short/start-refusals.js';
import type { MatrixRow, Shown } from './matrix.js';
import { rowOf } from './matrix.js';
import type { Mutant } from './mutant.js';

const NAMED = 'DEBUG';
const REFUSES = 'refusesStart';
/** What `records` says once it has started and asks for its database. */
const NO_DATABASE = /^the database does not answer \(\w+\)$/;

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
  return shownBy(await start(attempt, { root, folder }));
}

/**
 * It refused, or it came as far as the database that is not there, which is behind the rules. Whatever else ended it,
 * a crash or the time, has shown neither.
 */
export function shownBy(ended: StartEnded): Shown {
  const refused = isRefusal(ended, NAMED);
  const wentOn = !refused && ended.code === 1 && ended.said.some((line) => NO_DATABASE.test(line));
  return {
    attempted: true,
    answered: refused || wentOn,
    codes: [refused ? REFUSES : wentOn ? 'started' : 'endedOtherwise'],
    foundBy: wentOn ? ['start-up'] : [],
    broke: [],
  };
}
