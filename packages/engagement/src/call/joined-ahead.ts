/**
 * A join that is asked for with one's own yes to a call: all that it needs is there when the other side has said yes as
 * well. It counts for that call alone; where it came to nothing the call is joined as one that was not asked for ahead.
 */

import type { CallSession } from '@alongside/protocol';

type Answer = { readonly ok: true; readonly value: CallSession } | { readonly ok: false };

export class JoinedAhead {
  #session: Promise<CallSession | undefined> = Promise.resolve(undefined);

  /** `ready` makes what can be made before the call is on. */
  begin(asked: Promise<Answer>, ready: (session: CallSession) => Promise<unknown>): void {
    this.#session = asked.then(
      (answer) => (answer.ok ? answer.value : undefined),
      () => undefined,
    );
    // What fails here fails again where it is needed, and is told there.
    this.#session.then((session) => session && ready(session)).catch(() => undefined);
  }

  /** Once: whoever joins again joins anew. */
  async take(callId: string): Promise<CallSession | undefined> {
    const asked = this.#session;
    this.#session = Promise.resolve(undefined);
    const session = await asked;
    return session?.callId === callId ? session : undefined;
  }
}
