/** Ends connections whose client sends and answers pings but reads nothing: what they are told would pile up here. */

/** Messages that wait for the client to read; one that was away for seconds has a few dozen. */
export const UNREAD_MESSAGES = 1000;

/** What of a socket below all namespaces has to be known. */
interface Line {
  on(event: 'packetCreate' | 'flush', listener: () => void): unknown;
  /** With `discard`, what was not read is not waited for. */
  close(discard: boolean): unknown;
}

/** A message that is made waits until the one before it has left, when all that wait are handed over together. */
export function endWhenUnread(line: Line, onEnded: () => void): void {
  let unread = 0;
  line.on('packetCreate', () => {
    unread += 1;
    if (unread !== UNREAD_MESSAGES + 1) return;
    onEnded();
    line.close(true);
  });
  line.on('flush', () => {
    unread = 0;
  });
}
