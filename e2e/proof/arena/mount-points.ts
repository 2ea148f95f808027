/** What is mounted where, as this process sees it. */

import { readFile } from 'node:fs/promises';

export interface MountPoint {
  readonly point: string;
  readonly type: string;
}

/** The topmost of those that lie on one point is the one in use. */
export async function mountPoints(): Promise<readonly MountPoint[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').filter((line) => line !== '');
  const found = new Map<string, MountPoint>();
  for (const line of lines) {
    const [before = '', after = ''] = line.split(' - ');
    const point = (before.split(' ')[4] ?? '').replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
    found.set(point, { point, type: after.split(' ')[0] ?? '' });
  }
  return [...found.values()];
}
