/** What planted leaks tell of themselves in the log: that they began, and with which code each attempt ended. */

export interface Told {
  /** Attempts that began. */
  readonly begun: number;
  /** Those of them that came to an end. */
  readonly ended: number;
  /** How they ended, and what came of the signal that sets some of them off. */
  readonly codes: ReadonlySet<string>;
  readonly signalled: boolean;
}

/** What only waits for its signal has leaked nothing yet. */
const WAITS = 'held';

export const untold: Told = { begun: 0, ended: 0, codes: new Set(), signalled: false };

/** Lines of a name, a happening and a code, which `live` writes for this alone. */
export function readTold(log: string): Map<string, Told> {
  const all = new Map<string, Told>();
  for (const [, name = '', happening, code] of log.matchAll(LINE)) {
    const told = all.get(name) ?? untold;
    all.set(name, {
      begun: told.begun + (happening === 'attempted' ? 1 : 0),
      ended: told.ended + (happening === 'ended' ? 1 : 0),
      codes: code === undefined || code === WAITS ? told.codes : new Set([...told.codes, code]),
      signalled: told.signalled || happening === 'signalled',
    });
  }
  return all;
}

const LINE = /^planted ([a-z-]+) (attempted|ended|signalled)(?: (\w+))?$/gm;

export function hasAnswered({ begun, ended, codes }: Told): boolean {
  return ended >= begun && !codes.has('noAnswer');
}
