/** Whether system packages may be installed without asking: whoever types `--yes` says so, and a build machine by `CI`. */

/** Systems set the variable to these as well where they are none. */
const NO = new Set(['', '0', 'false', 'no', 'off']);

/**
 * @param {{ yes: boolean, env?: NodeJS.ProcessEnv }} given
 * @returns {boolean}
 */
export function mayInstallPackages({ yes, env = process.env }) {
  return yes || !NO.has((env.CI ?? '').trim().toLowerCase());
}
