/**
 * Refuses a Node that is too old, before anything is loaded that it might not understand: this file imports
 * nothing, and its callers load the rest afterwards.
 */
const OLDEST = [20, 19];

export function requireNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  process.stderr.write(
    `alongside: Node ${process.versions.node} is too old. Install Node ${OLDEST.join('.')} or newer (https://nodejs.org) and run this again.\n`,
  );
  process.exit(1);
}
