/** Counts the sockets that have not shown yet whom they belong to: so many in all, and so many of one network. */

export interface WaitingLimits {
  /** Of everybody together. */
  readonly waiting: number;
  readonly waitingPerNetwork: number;
}

export class WaitingRoom<Socket extends object> {
  readonly #limits: WaitingLimits;
  /** With their network; nothing of it is kept longer than they wait. */
  readonly #waiting = new Map<Socket, string>();
  readonly #perNetwork = new Map<string, number>();

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  hasPlaceFor(network: string): boolean {
    const { waiting, waitingPerNetwork } = this.#limits;
    return this.#waiting.size < waiting && (this.#perNetwork.get(network) ?? 0) < waitingPerNetwork;
  }

  enter(socket: Socket, network: string): void {
    this.#waiting.set(socket, network);
    this.#perNetwork.set(network, (this.#perNetwork.get(network) ?? 0) + 1);
  }

  /** It waits no more, whether it was let in or has gone; harmless when repeated. */
  leave(socket: Socket): void {
    const network = this.#waiting.get(socket);
    if (network === undefined) return;
    this.#waiting.delete(socket);
    const left = (this.#perNetwork.get(network) ?? 1) - 1;
    if (left > 0) this.#perNetwork.set(network, left);
    else this.#perNetwork.delete(network);
  }
}
