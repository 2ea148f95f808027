/**
 * How `live` is started so that it keeps nothing: no file may grow, no core is dumped, Node grants no writing,
 * nothing that it starts gains rights, and where the start is by root it runs as nobody and finds no file system that
 * takes a file. What cannot be applied here is named with its reason.
 */

import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { environment } from '../config.js';
import type { LivePlace } from './live-place.js';
import type { ProcessCommand } from './supervised-process.js';
import { canStart, unwritableMounts } from './unwritable-mounts.js';

export interface LiveCommand {
  readonly command: ProcessCommand;
  /** For the start-up lines: limits that are not applied, and why. */
  readonly notApplied: readonly string[];
}

export async function liveCommand(place: LivePlace): Promise<LiveCommand> {
  const notApplied: string[] = [];
  const prlimit = process.platform === 'linux' ? await findProgram('prlimit') : undefined;
  if (prlimit === undefined) {
    const reason =
      process.platform === 'linux' ? 'there is no prlimit (package util-linux)' : 'only Linux has prlimit';
    notApplied.push(`file size 0 and no core dumps: ${reason}`);
  }
  const setpriv = process.platform === 'linux' ? await findProgram('setpriv') : undefined;
  if (setpriv === undefined) notApplied.push('no new privileges: there is no setpriv');
  if (process.getuid?.() !== 0) notApplied.push('another user than yours: only root can change it');
  else if (place.identity.uid === undefined)
    notApplied.push(`another user than root: ${place.whyRoot ?? ''}`);
  const walls = setpriv === undefined ? undefined : await findWalls(place, setpriv);
  if (walls === undefined) notApplied.push(`no writable file system: ${whyNoWalls(place)}`);
  // A program that it starts stays what it is, whatever marks its file has.
  const bound = walls ?? (setpriv === undefined ? [] : [setpriv, '--no-new-privs', '--']);
  const sized = prlimit === undefined ? [] : [prlimit, '--fsize=0', '--core=0', '--'];
  const node = [process.execPath, ...permissionFlags(place), place.program, '--supervised'];
  const [command = process.execPath, ...args] = [...bound, ...sized, ...node];
  const identity = walls === undefined ? place.identity : {};
  return { command: { command, args, cwd: place.folder, env: liveEnvironment(), identity }, notApplied };
}

/** Undefined where the system does not grant them, or where there is no other account to take. */
async function findWalls({ identity }: LivePlace, setpriv: string): Promise<readonly string[] | undefined> {
  const { uid, gid } = identity;
  if (process.platform !== 'linux' || uid === undefined || gid === undefined) return undefined;
  const [unshare, mount] = await Promise.all([findProgram('unshare'), findProgram('mount')]);
  if (unshare === undefined || mount === undefined) return undefined;
  const programs = { unshare, mount, setpriv };
  return (await canStart(programs, { uid, gid })) ? unwritableMounts(programs, { uid, gid }) : undefined;
}

function whyNoWalls({ identity }: LivePlace): string {
  if (process.platform !== 'linux') return 'only Linux has mounts of a process';
  if (identity.uid === undefined) return 'only root can change them, for another user';
  return 'the system does not let root have mounts of its own here';
}

/** Nothing of the environment reaches `live` but what is named here: no address or password of a database. */
function liveEnvironment(): Record<string, string> {
  // Node's own: who has signed the TURN servers' certificates, where that is nobody whom the world knows.
  const { TZ, LANG, NODE_EXTRA_CA_CERTS } = environment();
  const passed = { TZ, LANG, NODE_EXTRA_CA_CERTS, NODE_ENV: 'production', UV_USE_IO_URING: '0' };
  return Object.fromEntries(
    Object.entries(passed).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function permissionFlags({ readable }: LivePlace): readonly string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const permission = known.has('--permission') ? '--permission' : '--experimental-permission';
  return [
    permission,
    ...readable.map((path) => `--allow-fs-read=${path}`),
    // The media worker is the one program that it starts.
    '--allow-child-process',
    ...(known.has('--allow-net') ? ['--allow-net'] : []),
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    '--disable-proto=delete',
  ];
}

export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(environment().PATH ?? '').split(delimiter), '/usr/bin', '/bin'];
  for (const folder of folders.filter((each) => each !== '')) {
    const file = join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}
