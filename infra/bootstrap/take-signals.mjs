/** One owner at a time of what Ctrl-C means: by default this process ends, and takes what it runs with it. */

/** @typedef {(signal: NodeJS.Signals) => void} SignalHandler */

// An end by `exit` is seen by those who started programs; an end by the signal itself is not.
/** @type {SignalHandler[]} */
const owners = [() => process.exit(130)];
/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

for (const signal of SIGNALS) process.on(signal, () => owners.at(-1)?.(signal));

/**
 * @param {SignalHandler} handler Asked instead of the owner before, until the returned function is called.
 * @returns {() => void}
 */
export function takeSignals(handler) {
  owners.push(handler);
  return () => {
    const index = owners.lastIndexOf(handler);
    if (index > 0) owners.splice(index, 1);
  };
}
