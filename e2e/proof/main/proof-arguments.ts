/** What the command of the proof is given: by `infra/bootstrap/prove.mjs`, which knows where the tools are. */

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type ProofCommand =
  | {
      readonly does: 'prove';
      readonly form: 'short' | 'full';
      readonly root: string;
      readonly dataDir: string;
      readonly chromium: string;
      readonly mediaWorkerBin: string | undefined;
      /** Where a copy of the signed report goes. */
      readonly json: string | undefined;
      /** What the runs wrote stays, for whoever wants to look. */
      readonly keep: boolean;
      /** The report becomes the installation's newest: not in tests. */
      readonly store: boolean;
    }
  | {
      readonly does: 'verify';
      readonly file: string;
      /** Of the installation that has made the report, where it is another one than this. */
      readonly key: string | undefined;
      readonly dataDir: string;
    }
  /** One run apart from the machine, as the full form starts it; `file` says which. */
  | { readonly does: 'arenaRun'; readonly file: string };

export function readArguments(args: readonly string[]): ProofCommand {
  const { values } = parseArgs({
    args: [...args],
    options: {
      form: { type: 'string', default: 'full' },
      root: { type: 'string', default: '.' },
      data: { type: 'string', default: '.data' },
      chromium: { type: 'string', default: '/usr/bin/chromium' },
      'media-worker': { type: 'string' },
      json: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-store': { type: 'boolean', default: false },
      verify: { type: 'string' },
      key: { type: 'string' },
      'arena-run': { type: 'string' },
    },
  });
  const arenaRun = values['arena-run'];
  if (arenaRun !== undefined) return { does: 'arenaRun', file: resolve(arenaRun) };
  const dataDir = resolve(values.root, values.data);
  if (values.verify !== undefined) {
    return { does: 'verify', file: resolve(values.verify), key: values.key, dataDir };
  }
  const { form } = values;
  if (form !== 'short' && form !== 'full') throw new Error(`There is no form ${form}: short or full.`);
  const root = resolve(values.root);
  return {
    does: 'prove',
    form,
    root,
    dataDir,
    chromium: values.chromium,
    mediaWorkerBin: values['media-worker'],
    json: values.json === undefined ? undefined : resolve(values.json),
    keep: values.keep,
    store: !values['no-store'],
  };
}
