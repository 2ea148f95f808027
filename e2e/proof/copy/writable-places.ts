/** The folders that a service under proof writes to, all below one. */

import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WritablePlaces } from '../service-under-proof.js';

export async function makePlaces(root: string): Promise<WritablePlaces> {
  const below = (name: string) => join(root, name);
  const places = {
    root,
    data: below('data'),
    temporary: below('temporary'),
    home: below('home'),
    logs: below('logs'),
    dumps: below('dumps'),
    profiles: below('profiles'),
  };
  await openPlaces(places);
  return places;
}

/** `live` and Postgres may run as accounts without rights, which pass through and find a temporary folder as usual. */
export async function openPlaces(places: WritablePlaces): Promise<void> {
  for (const folder of Object.values(places)) await mkdir(folder, { recursive: true });
  await chmod(places.root, 0o711);
  await chmod(places.data, 0o711);
  await chmod(places.temporary, 0o1777);
}
