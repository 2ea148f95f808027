/**
 * A view of the file systems in which nothing can be written, for one program and all that it starts: not even an
 * empty file with a telling name, which no limit on sizes holds up. Only root can give it, and it ends with its last
 * process; the machine's own view stays as it is.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Two programs by their paths, then the command that takes this shell's place. One process changes all mounts where it
 * is new enough to know how, since one for each was a good part of a start; what it left gets one of its own, ten at
 * once. A mount that another one hides cannot be changed, nor reached; whether any is left, `live` itself looks at.
 */
const SCRIPT = [
  'mount=$1; shift',
  '"$mount" --all -o remount,bind,ro 2>/dev/null',
  // Only where there is a blank or the like in a path is it written in another way.
  'while read -r _ _ _ _ point options _; do case $options in ro*) continue ;; esac; case $point in *\\\\*) point=$(printf %b "$point") ;; esac',
  '"$mount" -o remount,bind,ro "$point" 2>/dev/null & case $((n += 1)) in *0) wait ;; esac; done < /proc/self/mountinfo',
  'wait',
  'exec "$@"',
].join('; ');

export interface AccountPrograms {
  readonly unshare: string;
  readonly mount: string;
  readonly setpriv: string;
}

/** To be put before a command: a view of its own, and then the account, which a process without rights cannot take. */
export function unwritableMounts(
  programs: AccountPrograms,
  identity: { readonly uid: number; readonly gid: number },
): readonly string[] {
  return behindWalls(programs, identity, SCRIPT);
}

function behindWalls(
  { unshare, mount, setpriv }: AccountPrograms,
  { uid, gid }: { readonly uid: number; readonly gid: number },
  script: string,
): readonly string[] {
  const account = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=-all', '--no-new-privs'];
  return [
    ...[unshare, '--mount', '--propagation', 'private', '--', '/bin/sh', '-c', script, 'sh', mount],
    ...[setpriv, ...account, '--'],
  ];
}

/** Containers often refuse it, also to root: then `live` starts without. No mount is changed to find that out. */
export async function canStart(
  programs: AccountPrograms,
  identity: { readonly uid: number; readonly gid: number },
): Promise<boolean> {
  const [command = '', ...args] = behindWalls(programs, identity, 'shift; exec "$@"');
  return promisify(execFile)(command, [...args, '/bin/sh', '-c', ':']).then(
    () => true,
    () => false,
  );
}
