/** A process of the examination's own that holds a deleted file: who looks into processes has to find it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Planted } from '../forensics/file-controls.js';
import { newToken } from '../scan/new-canary.js';
import type { WritablePlaces } from '../service-under-proof.js';
import type { WatchedProcess } from './memory-files.js';

const ROLE = 'planted process';
const DESCRIPTOR = 7;
const SCRIPT = `exec ${DESCRIPTOR}>"$0"; printf %s "$1" >&${DESCRIPTOR}; rm "$0"; echo held; read -r line`;

export interface HeldFile extends Planted {
  readonly process: WatchedProcess;
  release(): Promise<void>;
}

export async function holdDeletedFile({ temporary }: WritablePlaces): Promise<HeldFile> {
  const token = newToken();
  const file = join(temporary, 'alongside-proof-control-held');
  const child = spawn('/bin/sh', ['-c', SCRIPT, file, token], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  return {
    process: { role: ROLE, pid: child.pid ?? 0 },
    controls: [{ name: 'deleted file held open', token, foundBy: ['memory-files'], hiddenFrom: [] }],
    onPurpose: [
      {
        name: 'deleted file held open',
        detector: 'memory-files',
        place: `${ROLE}: descriptor ${DESCRIPTOR}`,
        rule: 'deleted file held open',
      },
    ],
    release: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
