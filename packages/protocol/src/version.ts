/** The version of everything both ends of a socket agree on; PROTOCOL.md holds its history. */

export const PROTOCOL_VERSION = 1;

/** Whether a client that speaks `theirs` may stay, and if not, who has to be renewed. */
export function compareVersions(theirs: number): 'same' | 'clientTooOld' | 'serverTooOld' {
  if (theirs === PROTOCOL_VERSION) return 'same';
  return theirs < PROTOCOL_VERSION ? 'clientTooOld' : 'serverTooOld';
}
