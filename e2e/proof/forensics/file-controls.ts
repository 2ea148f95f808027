/**
 * Planted on purpose in files, for the detectors that no word of an engagement reaches: names, links and attributes,
 * lines of logs, images of memory, and files that are deleted before the medium is read raw.
 */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, open, readdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrokenOnPurpose, Control } from '../control.js';
import { newToken } from '../scan/new-canary.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { whyCoresFallElsewhere } from './dumps.js';

/** Below the places of the run; known by their beginning wherever names are judged. */
const OWN = 'alongside-proof-control';
const UNKNOWN_NAME = 'planted-on-purpose';
/** Short enough to be told in a report. */
const DUMPS = 'planted-dumps';

export interface Planted {
  readonly controls: readonly Control[];
  readonly onPurpose: readonly BrokenOnPurpose[];
}

/** While the service runs: what is there, and what comes and goes; `attributes` where the run asks for them. */
export async function plantNames({ temporary }: WritablePlaces, attributes: boolean): Promise<Planted> {
  const [name, target, passing] = [newToken(), newToken(), newToken()];
  await writeFile(join(temporary, `${OWN}-${name}`), '');
  await symlink(`/nowhere/${target}`, join(temporary, `${OWN}-link`));
  await comeAndGo(join(temporary, `${OWN}-${passing}`));
  await comeAndGo(join(temporary, UNKNOWN_NAME));
  const attribute = attributes ? await plantAttribute(join(temporary, `${OWN}-attribute`)) : [];
  return {
    controls: [
      {
        name: 'name of a file',
        token: name,
        foundBy: ['names', 'file-events', 'image'],
        hiddenFrom: ['files'],
      },
      { name: 'target of a link', token: target, foundBy: ['names', 'image'], hiddenFrom: ['files'] },
      {
        name: 'name of a file that came and went',
        token: passing,
        foundBy: ['file-events'],
        hiddenFrom: ['names'],
      },
      ...attribute,
    ],
    onPurpose: [
      {
        name: 'file outside the list of known names',
        detector: 'file-events',
        place: `temporary/${UNKNOWN_NAME}`,
        rule: 'file outside the list of known names',
      },
    ],
  };
}

async function comeAndGo(file: string): Promise<void> {
  await writeFile(file, '');
  await unlink(file);
}

/** Not where there is no tool for it, or where the file system takes none: then there is nothing to be found either. */
async function plantAttribute(file: string): Promise<readonly Control[]> {
  const token = newToken();
  await writeFile(file, '');
  const args = ['-n', 'user.planted', '-v', token, file];
  const isSet = await promisify(execFile)('setfattr', args).then(
    () => true,
    () => false,
  );
  return isSet ? [{ name: 'attribute of a file', token, foundBy: ['names'], hiddenFrom: ['files'] }] : [];
}

/** Both are written at their end by whoever opens them, so that no line is lost. */
export async function plantInLogs({ logs, data }: WritablePlaces): Promise<Planted> {
  const files = {
    'line in the log of the processes': join(logs, 'service.log'),
    'line in the log of the database': join(data, 'postgres', 'postgres.log'),
  };
  const controls: Control[] = [];
  for (const [name, file] of Object.entries(files)) {
    const token = newToken();
    await appendFile(file, `{"planted":"${token}"}\n`);
    controls.push({ name, token, foundBy: ['logs', 'image'], hiddenFrom: ['files', 'names'] });
  }
  return { controls, onPurpose: [] };
}

/** One that is known by its name, and where this system lets a core fall beside its process, a real one. */
export async function plantDumps({ dumps }: WritablePlaces): Promise<Planted> {
  const folder = join(dumps, DUMPS);
  await mkdir(folder);
  const snapshot = newToken();
  await writeFile(join(folder, 'planted.heapsnapshot'), `{"strings":["${snapshot}"]}`);
  const controls: Control[] = [
    {
      name: 'snapshot of a heap',
      token: snapshot,
      foundBy: ['dumps', 'files', 'image'],
      hiddenFrom: ['names'],
    },
  ];
  const onPurpose: BrokenOnPurpose[] = [
    {
      name: 'snapshot of a heap',
      detector: 'dumps',
      place: place('planted.heapsnapshot'),
      rule: 'heap snapshot',
    },
  ];
  if (!(await mayLeaveCores())) return { controls, onPurpose };
  const core = newToken();
  const file = await leaveCore(folder, core);
  controls.push({
    name: 'core of a process',
    token: core,
    foundBy: ['dumps', 'files'],
    hiddenFrom: ['names'],
  });
  onPurpose.push({ name: 'core of a process', detector: 'dumps', place: place(file), rule: 'core dump' });
  return { controls, onPurpose };
}

function place(file: string): string {
  return `dumps/${DUMPS}/${file}`;
}

async function mayLeaveCores(): Promise<boolean> {
  if ((await whyCoresFallElsewhere()) !== undefined) return false;
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, hard = '0'] = /^Max core file size\s+\S+\s+(\S+)/m.exec(limits) ?? [];
  return hard !== '0';
}

/** Whatever this system calls it. */
async function leaveCore(folder: string, token: string): Promise<string> {
  const before = new Set(await readdir(folder));
  const script = 'ulimit -c "$(ulimit -H -c)"; kill -ABRT $$';
  const child = spawn('/bin/sh', ['-c', script], { cwd: folder, env: { PLANTED: token }, stdio: 'ignore' });
  await once(child, 'exit');
  return (await readdir(folder)).find((name) => !before.has(name)) ?? 'core';
}

export interface PlantedLater extends Planted {
  plant(): Promise<void>;
}

/** Last of all, when nobody writes any more and its blocks stay as they are: only a raw reading finds it. */
export function deletedFiles({ dumps, profiles }: WritablePlaces): PlantedLater {
  const [own, visitors] = [newToken(), newToken()];
  return {
    controls: [
      {
        name: 'deleted file',
        token: own,
        foundBy: ['image'],
        hiddenFrom: ['files', 'names', 'file-events'],
      },
      {
        name: "deleted file of the visitor's browser",
        token: visitors,
        foundBy: ['browser-profiles'],
        hiddenFrom: ['image'],
      },
    ],
    onPurpose: [],
    plant: async () => {
      await writeAndDelete(join(dumps, `${OWN}-deleted`), own);
      await writeAndDelete(join(profiles, 'visitor', `${OWN}-deleted`), visitors);
    },
  };
}

async function writeAndDelete(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await unlink(file);
}
