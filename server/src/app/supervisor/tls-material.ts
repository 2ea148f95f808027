/** Reads the installation's own certificate, once, so that nobody but the supervisor has to be able to. */

import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Config } from '../config.js';
import type { TlsMaterial } from '../live-settings.js';
import { StartFailure } from './start-failure.js';

export async function readTlsMaterial(files: Config['tlsFiles']): Promise<TlsMaterial | undefined> {
  if (files === undefined) return undefined;
  const read = (name: string, file: string): Promise<string> =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new StartFailure(`${name} cannot be read (${error.code ?? 'unknown'}).`);
    });
  const material = {
    cert: await read('TLS_CERT_FILE', files.cert),
    key: await read('TLS_KEY_FILE', files.key),
  };
  try {
    createSecureContext(material);
  } catch {
    throw new StartFailure('TLS_CERT_FILE and TLS_KEY_FILE do not belong together, or are not PEM.');
  }
  return material;
}
