/** Who has given leave to install, and who has not. */
import { expect, it } from 'vitest';
import { mayInstallPackages } from './leave-to-install.mjs';

it.each(['1', 'true', 'TRUE', 'woodpecker'])('CI=%s is leave to install', (CI) => {
  expect(mayInstallPackages({ yes: false, env: { CI } })).toBe(true);
});

it.each([undefined, '', ' ', '0', 'false', 'False', 'no', 'off'])('CI=%s is none', (CI) => {
  const env = CI === undefined ? {} : { CI };
  expect(mayInstallPackages({ yes: false, env })).toBe(false);
  expect(mayInstallPackages({ yes: true, env })).toBe(true);
});
