/**
 * Refuses a Node that is too old, before anything is loaded that it might not understand: this file imports
 * nothing, and its callers load the rest afterwards.
 */
const OLDEST = [20, 19];

/**
 * @param {string} version As Node gives its own.
 * @returns {string | undefined} What to tell the person, should it be too old.
 */
export function nodeVersionFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `alongside: Node ${version} is too old. Install Node ${OLDEST.join('.')} or newer (https://nodejs.org) and run this again.`;
}

export function requireNodeVersion() {
  const fault = nodeVersionFault(process.versions.node);
  if (fault === undefined) return;
  process.stderr.write(`${fault}\n`);
  process.exit(1);
}
