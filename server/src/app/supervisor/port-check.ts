/** Looks before anything starts whether every port is free, so that a taken one is told at once and by name. */

import { createServer } from 'node:net';
import type { SettledPlaces } from '../settled-places.js';
import { StartFailure } from './start-failure.js';

export async function requirePorts(host: string, places: Partial<SettledPlaces>): Promise<void> {
  const taken: string[] = [];
  for (const [name, place] of Object.entries(places)) {
    const code = await tryPort(host, place.port);
    if (code === 'EADDRINUSE') {
      taken.push(
        `Port ${place.port} is taken by another program. End that one, or set ${name.toUpperCase()}_PORT to another port.`,
      );
    } else if (code !== undefined) {
      taken.push(
        `Port ${place.port} of ${host} cannot be used (${code}). Set ${name.toUpperCase()}_PORT or HOST.`,
      );
    }
  }
  if (taken.length > 0) throw new StartFailure(taken.join('\n'));
}

function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      resolve('code' in error && typeof error.code === 'string' ? error.code : 'unknown');
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
