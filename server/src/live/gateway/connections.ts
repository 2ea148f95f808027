/** Who is connected: by participant, then by session. A participant may have several pages or windows. */

/** More windows than these, and the oldest is let go. */
const SESSIONS_PER_PARTICIPANT = 10;

export class Connections<Key extends string, S> {
  readonly #byKey = new Map<Key, Map<string, S>>();

  /** Adds a connection; returns those that it replaces. */
  add(key: Key, sessionId: string, socket: S): S[] {
    const sessions = this.#byKey.get(key) ?? new Map<string, S>();
    this.#byKey.set(key, sessions);
    const replaced: S[] = [];
    const former = sessions.get(sessionId);
    if (former !== undefined) replaced.push(former);
    sessions.delete(sessionId);
    sessions.set(sessionId, socket);
    const oldest = sessions.keys().next().value;
    if (sessions.size > SESSIONS_PER_PARTICIPANT && oldest !== undefined) {
      const socketOfOldest = sessions.get(oldest);
      if (socketOfOldest !== undefined) replaced.push(socketOfOldest);
      sessions.delete(oldest);
    }
    return replaced;
  }

  /** False when the session has another connection by now. */
  remove(key: Key, sessionId: string, socket: S): boolean {
    const sessions = this.#byKey.get(key);
    if (sessions?.get(sessionId) !== socket) return false;
    sessions.delete(sessionId);
    if (sessions.size === 0) this.#byKey.delete(key);
    return true;
  }

  has(key: Key): boolean {
    return this.#byKey.has(key);
  }

  keys(): Key[] {
    return [...this.#byKey.keys()];
  }

  of(key: Key): S[] {
    return [...(this.#byKey.get(key)?.values() ?? [])];
  }

  find(key: Key, sessionId: string): S | undefined {
    return this.#byKey.get(key)?.get(sessionId);
  }

  /** Looked through many times a second: no list is made of them. */
  *all(): IterableIterator<S> {
    for (const sessions of this.#byKey.values()) yield* sessions.values();
  }

  get size(): number {
    let size = 0;
    for (const sessions of this.#byKey.values()) size += sessions.size;
    return size;
  }
}
