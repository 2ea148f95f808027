/** Passes for coming back: 256 random bits, one use, in memory, valid for two minutes after a loss. */

import type { Clock } from '@alongside/engagement';
import { limits } from '@alongside/protocol';
import { randomSecret } from './random-secret.js';
import type { Session } from './session.js';

/** A pass is replaced after this long even when it is not used. */
const ROTATE_MS = 600_000;

interface Held {
  readonly session: Session;
  readonly pass: string;
  readonly issuedAt: number;
  /** Absent while the connection stands. */
  readonly validUntil?: number;
}

export class ResumePasses {
  readonly #clock: Clock;
  readonly #byPass = new Map<string, Held>();
  readonly #bySession = new Map<string, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new pass for a connected session; the former one is void. */
  issue(session: Session): string {
    this.#remove(session.sessionId);
    const held: Held = { session, pass: randomSecret(), issuedAt: this.#clock.now() };
    this.#keep(held);
    return held.pass;
  }

  /** A new pass for a session whose present one is old; undefined while it is young. */
  rotate(session: Session): string | undefined {
    const held = this.#bySession.get(session.sessionId);
    if (held === undefined || this.#clock.now() - held.issuedAt < ROTATE_MS) return undefined;
    return this.issue(session);
  }

  /** Whose session is connected, or may come back. */
  holders(): Session['identity'][] {
    return [...this.#bySession.values()].map(({ session }) => session.identity);
  }

  /** Takes the pass; it is void afterwards, whether or not its holder gets any further. */
  redeem(pass: string, role: 'visitor' | 'agent', origin: string | undefined): Session | undefined {
    const held = this.#byPass.get(pass);
    if (held === undefined) return undefined;
    const { session, validUntil } = held;
    // A pass shown by the wrong page is in the wrong hands: it is void from now on.
    this.#remove(session.sessionId);
    if (validUntil !== undefined && validUntil <= this.#clock.now()) return undefined;
    if (session.identity.role !== role || session.origin !== origin) return undefined;
    return session;
  }

  /** The session's connection is lost: its two minutes begin. */
  lost(sessionId: string): void {
    const held = this.#bySession.get(sessionId);
    if (held === undefined) return;
    this.#remove(sessionId);
    this.#keep({ ...held, validUntil: this.#clock.now() + limits.resumePassMs });
  }

  /** Voids every pass of the sessions that match, and says which these were. */
  revoke(matches: (session: Session) => boolean): Session[] {
    const revoked = [...this.#bySession.values()].map(({ session }) => session).filter(matches);
    for (const { sessionId } of revoked) this.#remove(sessionId);
    return revoked;
  }

  /** Forgets passes that have run out; their sessions are gone for good. */
  sweep(): Session[] {
    const now = this.#clock.now();
    const gone: Session[] = [];
    for (const { session, validUntil } of this.#bySession.values()) {
      if (validUntil === undefined || validUntil > now) continue;
      this.#remove(session.sessionId);
      gone.push(session);
    }
    return gone;
  }

  #keep(held: Held): void {
    this.#byPass.set(held.pass, held);
    this.#bySession.set(held.session.sessionId, held);
  }

  #remove(sessionId: string): void {
    const held = this.#bySession.get(sessionId);
    if (held === undefined) return;
    this.#bySession.delete(sessionId);
    this.#byPass.delete(held.pass);
  }
}
