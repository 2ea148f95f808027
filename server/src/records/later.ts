/** An answer that needs somebody outside: it is made once the transaction is committed, and holds no connection. */

import type { Reply } from '@alongside/protocol';

export class Later<T> {
  readonly #make: () => Promise<T>;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  async make(): Promise<Reply<T>> {
    return { ok: true, value: await this.#make() };
  }
}
