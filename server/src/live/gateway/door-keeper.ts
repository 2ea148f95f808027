/** Holds back who has shown no good ticket yet: so many open sockets, and so many failures from one network. */

import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { WaitingLimits } from '../waiting-room.js';
import { WaitingRoom } from '../waiting-room.js';

export interface DoorLimits extends WaitingLimits {
  readonly failuresPerMinute: number;
  /** A socket that has shown no good ticket or pass within this time is closed. */
  readonly admissionMs: number;
}

/** Offices and mobile networks share addresses, so these stop floods and not people. */
export const usualDoorLimits: DoorLimits = {
  ...{ waiting: 4000, waitingPerNetwork: 500 },
  failuresPerMinute: 600,
  admissionMs: 10_000,
};

/** What the door has to know of a socket below all namespaces. */
interface Line {
  readonly request: IncomingMessage;
  on(event: 'close', listener: (this: Line) => void): unknown;
  close(): unknown;
}

export class DoorKeeper {
  readonly #limits: DoorLimits;
  readonly #networkOf: (request: IncomingMessage) => string;
  readonly #failures: RateLimiterMemory;
  readonly #waiting: WaitingRoom<Line>;
  /** The same for all lines, as there are thousands of them. */
  readonly #closed: (this: Line) => void;
  /** Known from the beginning, as the request that names it is forgotten once a client is admitted. */
  readonly #networks = new WeakMap<Line, string>();

  constructor(limits: DoorLimits, networkOf: (request: IncomingMessage) => string) {
    this.#limits = limits;
    this.#networkOf = networkOf;
    this.#failures = new RateLimiterMemory({ points: limits.failuresPerMinute, duration: 60 });
    const waiting = new WaitingRoom<Line>(limits);
    this.#waiting = waiting;
    this.#closed = function () {
      waiting.leave(this);
    };
  }

  /** Whether one more socket may be opened; clients that were held back try again by themselves. */
  async mayOpen(request: IncomingMessage): Promise<boolean> {
    const network = this.#networkOf(request);
    const failures = await this.#failures.get(network);
    const hasFailed = failures !== null && failures.consumedPoints >= this.#limits.failuresPerMinute;
    return !hasFailed && this.#waiting.hasPlaceFor(network);
  }

  opened(line: Line): void {
    const network = this.#networkOf(line.request);
    this.#networks.set(line, network);
    this.#waiting.enter(line, network);
    line.on('close', this.#closed);
  }

  admitted(line: Line): void {
    this.#waiting.leave(line);
  }

  /** One socket may try again and again: beyond the limit it is closed, as new ones are refused. */
  failed(line: Line): void {
    // The promise is refused exactly when the limit is exceeded: this limiter has no storage that could fail.
    const network = this.#networks.get(line) ?? this.#networkOf(line.request);
    this.#failures.consume(network).catch(() => line.close());
  }
}
