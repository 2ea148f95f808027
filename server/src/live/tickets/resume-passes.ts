/** Passes for coming back: 256 random bits, one use, in memory, valid for two minutes after a loss. */

import type { Clock } from '@alongside/engagement';
import { limits } from '@alongside/protocol';
import { randomSecret } from './random-secret.js';
import type { Identity, Session } from './session.js';

/** A pass is replaced after this long even when it is not used. */
const ROTATE_MS = 600_000;

interface Held {
  readonly session: Session;
  /** Good now: the one that its holder is known to have, or has used, and what was sent since. */
  readonly passes: readonly string[];
  /**
   * Used for the connection that stands. It is good again if that is lost before its holder has said that the
   * next one arrived: an answer that the network swallowed must leave nobody without any.
   */
  readonly used?: string;
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

  /** A new pass for a connected session; the former ones are void once it is known to be kept. */
  issue(session: Session): string {
    const former = this.#bySession.get(session.sessionId);
    this.#remove(session.sessionId);
    const pass = randomSecret();
    // An unkept one of before the last is given up: its holder has had a whole rotation to say so.
    const passes = [...(former?.passes.slice(-1) ?? []), pass];
    const used = former?.used === undefined ? {} : { used: former.used };
    this.#keep({ session, passes, issuedAt: this.#clock.now(), ...used });
    return pass;
  }

  /** Its holder has it: all others of the session are void. */
  kept(pass: string): void {
    const held = this.#byPass.get(pass);
    if (held === undefined) return;
    const { used: _, ...rest } = held;
    this.#remove(held.session.sessionId);
    this.#keep({ ...rest, passes: [pass] });
  }

  /** A new pass for a session whose present one is old; undefined while it is young. */
  rotate(session: Session): string | undefined {
    const held = this.#bySession.get(session.sessionId);
    if (held === undefined || this.#clock.now() - held.issuedAt < ROTATE_MS) return undefined;
    return this.issue(session);
  }

  knows(sessionId: string): boolean {
    return this.#bySession.has(sessionId);
  }

  /** Whose session is connected, or may come back. */
  holders(): Session['identity'][] {
    return [...this.#bySession.values()].map(({ session }) => session.identity);
  }

  /** Takes the pass, and every other of its session; the connection that follows issues the next. */
  redeem(pass: string, role: Identity['role'], origin: string | undefined): Session | undefined {
    const held = this.#byPass.get(pass);
    if (held === undefined) return undefined;
    const { session, validUntil } = held;
    const now = this.#clock.now();
    // A pass shown by the wrong page is in the wrong hands: the session's are void from now on.
    this.#remove(session.sessionId);
    if (validUntil !== undefined && validUntil <= now) return undefined;
    if (session.identity.role !== role || session.origin !== origin) return undefined;
    // Who goes before the next one is issued is as one who is lost.
    this.#keep({ session, passes: [], used: pass, issuedAt: now, validUntil: now + limits.resumePassMs });
    return session;
  }

  /** The session's connection is lost: its two minutes begin. */
  lost(sessionId: string): void {
    const held = this.#bySession.get(sessionId);
    if (held === undefined) return;
    const { used, ...rest } = held;
    const passes = used === undefined ? held.passes : [...held.passes, used];
    this.#remove(sessionId);
    this.#keep({ ...rest, passes, validUntil: this.#clock.now() + limits.resumePassMs });
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
    for (const pass of held.passes) this.#byPass.set(pass, held);
    this.#bySession.set(held.session.sessionId, held);
  }

  #remove(sessionId: string): void {
    const held = this.#bySession.get(sessionId);
    if (held === undefined) return;
    this.#bySession.delete(sessionId);
    for (const pass of held.passes) this.#byPass.delete(pass);
  }
}
