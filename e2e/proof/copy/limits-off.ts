/**
 * What the copy of the pass without limits differs in: `live` runs as whoever starts it, and may write. The
 * product has no such option, so it is a patch of the copy's own file.
 */

import type { Patch } from './patch.js';

const FILE = 'server/dist/app/supervisor/live-command.js';

/** `folder` is where a core of `live` falls. */
export function limitsOff(folder: string): readonly Patch[] {
  return [
    {
      file: FILE,
      find: 'const [command = process.execPath, ...args] = [...bound, ...sized, ...node];',
      where: 'instead',
      put: "const [command = process.execPath, ...args] = [process.execPath, place.program, '--supervised'];",
    },
    {
      file: FILE,
      find: 'return { command: { command, args, cwd: place.folder, env: liveEnvironment(), identity }, notApplied };',
      where: 'instead',
      put: `return { command: { command, args, cwd: ${JSON.stringify(folder)}, env: liveEnvironment(), identity: {} }, notApplied };`,
    },
  ];
}
