/** Holds back who has shown no good ticket yet: so many open sockets, and so many failures from one network. */

import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ClientAddress } from './client-address.js';
import { truncatedAddress } from './client-software.js';

export interface DoorLimits {
  /** Open sockets that were not admitted, of everybody together. */
  readonly waiting: number;
  readonly waitingPerNetwork: number;
  readonly failuresPerMinute: number;
}

/** Offices and mobile networks share addresses, so these stop floods and not people. */
export const usualDoorLimits: DoorLimits = { waiting: 4000, waitingPerNetwork: 500, failuresPerMinute: 600 };

/** What the door has to know of a socket below all namespaces. */
interface Line {
  readonly request: IncomingMessage;
  once(event: 'close', listener: () => void): unknown;
  close(): unknown;
}

export class DoorKeeper {
  readonly #limits: DoorLimits;
  readonly #addressOf: ClientAddress;
  readonly #failures: RateLimiterMemory;
  /** Sockets that were not admitted, with their network; nothing of it is kept longer than they are open. */
  readonly #waiting = new Map<Line, string>();
  readonly #perNetwork = new Map<string, number>();

  constructor(limits: DoorLimits, addressOf: ClientAddress) {
    this.#limits = limits;
    this.#addressOf = addressOf;
    this.#failures = new RateLimiterMemory({ points: limits.failuresPerMinute, duration: 60 });
  }

  /** Whether one more socket may be opened; clients that were held back try again by themselves. */
  async mayOpen(request: IncomingMessage): Promise<boolean> {
    const network = this.#networkOf(request);
    const failures = await this.#failures.get(network);
    return (
      (failures === null || failures.consumedPoints < this.#limits.failuresPerMinute) &&
      this.#waiting.size < this.#limits.waiting &&
      (this.#perNetwork.get(network) ?? 0) < this.#limits.waitingPerNetwork
    );
  }

  opened(line: Line): void {
    const network = this.#networkOf(line.request);
    this.#waiting.set(line, network);
    this.#perNetwork.set(network, (this.#perNetwork.get(network) ?? 0) + 1);
    line.once('close', () => this.admitted(line));
  }

  /** It waits no more, whether it was let in or has gone. */
  admitted(line: Line): void {
    const network = this.#waiting.get(line);
    if (network === undefined) return;
    this.#waiting.delete(line);
    const left = (this.#perNetwork.get(network) ?? 1) - 1;
    if (left > 0) this.#perNetwork.set(network, left);
    else this.#perNetwork.delete(network);
  }

  /** One socket may try again and again: beyond the limit it is closed, as new ones are refused. */
  failed(line: Line): void {
    // The promise is refused exactly when the limit is exceeded: this limiter has no storage that could fail.
    this.#failures.consume(this.#networkOf(line.request)).catch(() => line.close());
  }

  #networkOf(request: IncomingMessage): string {
    return truncatedAddress(this.#addressOf(request.socket.remoteAddress, request.headers));
  }
}
