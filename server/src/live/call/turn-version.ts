/** Whether a TURN server is one that may be given to a visitor, by what it says it is. */

/** Below it a relay can be made to reach addresses that it was told to deny: CVE-2026-27624, CVE-2026-43994. */
export const COTURN_FLOOR = [4, 10, 0] as const;

/** `unknown`: it says nothing, or is a program of which no floor is known here. */
export type TurnVerdict = 'good' | 'old' | 'unknown';

export function judgeTurnSoftware(software: string | undefined): TurnVerdict {
  const match = /^coturn-(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?/i.exec(software ?? '');
  if (match === null) return 'unknown';
  const version = match.slice(1).map((part) => Number(part ?? 0));
  for (const [index, least] of COTURN_FLOOR.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least ? 'good' : 'old';
  }
  return 'good';
}
