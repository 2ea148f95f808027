/** Ends connections whose client sends and answers pings but reads nothing: what they are told would pile up here. */

/** Messages that wait for the client to read; one that was away for seconds has a few dozen. */
export const UNREAD_MESSAGES = 1000;

const unread = Symbol('unread');

/** What of a socket below all namespaces has to be known. */
interface Line {
  [unread]?: number;
  on(event: 'packetCreate' | 'flush', listener: (this: Line) => void): unknown;
  /** With `discard`, what was not read is not waited for. */
  close(discard: boolean): unknown;
}

/**
 * A message that is made waits until the one before it has left, when all that wait are handed over together. What
 * comes back watches a line; all lines have the same listeners, as there are thousands of them.
 */
export function endWhenUnread(onEnded: () => void): (line: Line) => void {
  function made(this: Line): void {
    const waiting = (this[unread] ?? 0) + 1;
    this[unread] = waiting;
    if (waiting !== UNREAD_MESSAGES + 1) return;
    onEnded();
    this.close(true);
  }
  function left(this: Line): void {
    this[unread] = 0;
  }
  return (line) => {
    line.on('packetCreate', made);
    line.on('flush', left);
  };
}
