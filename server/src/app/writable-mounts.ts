/** Which file systems a process could make a file in, as the kernel's table of its mounts tells. */

interface Mount {
  readonly id: string;
  readonly parent: string;
  readonly point: string;
  readonly writable: boolean;
  readonly type: string;
}

/** They hold the kernel's own entries alone. */
const TAKES_NO_FILES = new Set(['proc', 'sysfs', 'devpts', 'cgroup', 'cgroup2']);

/** `table` is a `/proc/<pid>/mountinfo`; paths are as they stand there. What another mount hides cannot be reached. */
export function writableMounts(table: string): readonly string[] {
  const mounts = table
    .split('\n')
    .filter((line) => line !== '')
    .map(readMount);
  const byId = new Map(mounts.map((mount) => [mount.id, mount]));
  const isHidden = (mount: Mount): boolean => {
    if (mounts.some((other) => covers(other, mount))) return true;
    const parent = byId.get(mount.parent);
    // What lies on the covered one goes with it; the cover itself lies on it too, at the same point.
    return parent !== undefined && parent !== mount && parent.point !== mount.point && isHidden(parent);
  };
  return mounts
    .filter((mount) => mount.writable && !TAKES_NO_FILES.has(mount.type) && !isHidden(mount))
    .map(({ point }) => point);
}

/** It lies on the very same point, or across the way to it. */
function covers(other: Mount, mount: Mount): boolean {
  if (other === mount) return false;
  if (other.parent === mount.id) return other.point === mount.point;
  return other.parent === mount.parent && mount.point.startsWith(`${other.point}/`);
}

function readMount(line: string): Mount {
  const [before = '', after = ''] = line.split(' - ');
  const [id = '', parent = '', , , point = '', options = ''] = before.split(' ');
  return { id, parent, point, writable: options.split(',').includes('rw'), type: after.split(' ')[0] ?? '' };
}
