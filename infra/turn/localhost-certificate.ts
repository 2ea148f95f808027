/** A certificate for localhost, of its own making, for tests. */

import { execFileSync } from 'node:child_process';

export function localhostCertificate(): { readonly cert: string; readonly key: string } {
  const wishes =
    '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost';
  const made = execFileSync('openssl', ['req', ...wishes.split(' '), '-keyout', '-', '-out', '-'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const block = (name: RegExp) => made.match(name)?.[0] ?? '';
  return {
    key: block(/-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----\n/),
    cert: block(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/),
  };
}
