/** The server's time as this computer sees it: waiting times and leases are told by it, not by a wrong wall clock. */

export class ServerClock {
  #aheadMs = 0;

  set(serverNow: number): void {
    this.#aheadMs = serverNow - Date.now();
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }
}
