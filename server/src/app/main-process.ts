/** The process `main`: runs everything, and ends it in good order. */

import { readConfig } from './config.js';
import { Installation } from './supervisor/installation.js';
import type { Programs } from './supervisor/programs.js';
import type { Project } from './supervisor/project.js';
import { sayError } from './supervisor/say.js';
import { StartInterrupted } from './supervisor/start-failure.js';
import { tellFailure } from './supervisor/tell-failure.js';

export async function runMain(project: Project, programs: Programs): Promise<void> {
  const reading = readConfig();
  if (!reading.ok) {
    for (const fault of reading.faults) sayError(`alongside: ${fault}`);
    process.exitCode = 1;
    leave();
    return;
  }
  const { installation, started } = Installation.begin(reading.config, { project, programs });
  endWith(installation);
  await started.catch((error: unknown) => {
    if (error instanceof StartInterrupted) return;
    process.exitCode = 1;
    tellFailure(error);
    leave();
  });
}

/** Ctrl-C, a polite end, and the end of whoever started this. */
function endWith(installation: Installation): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void installation.close().then(leave);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  process.once('disconnect', end);
}

/** The channel to whoever started this keeps the process alive otherwise. */
function leave(): void {
  if (process.connected) process.disconnect();
}
