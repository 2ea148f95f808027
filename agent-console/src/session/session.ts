/** Who is signed in. The access token lives in memory only; the refresh token is a cookie no script can read. */

import type { Me, SignedIn } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { Failure, Result } from '../app/failure.js';
import { isWorthRetrying, succeed } from '../app/failure.js';
import { Store } from '../app/store.js';
import type { AccessTokens } from './api.js';
import { Api, request } from './api.js';

export type SessionState =
  | { readonly state: 'starting' }
  | { readonly state: 'signedOut'; readonly because?: 'expired' | 'left' | 'accountEnds' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'signedIn'; readonly me: Me };

/** The token is renewed this long before it runs out, so that no request has to wait for it. */
const RENEW_AHEAD_MS = 60_000;
const RETRY_MS = 3_000;

export class Session implements AccessTokens {
  readonly state = new Store<SessionState>({ state: 'starting' });
  /** Why the last signing out did not happen: the person still is signed in, and has to know. */
  readonly notSignedOut = new Store<Failure | undefined>(undefined);
  readonly api: Api;
  #token: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewal: Promise<boolean> | undefined;

  constructor() {
    this.api = new Api(this);
  }

  get current(): string | undefined {
    return this.#token;
  }

  /** Takes up the session of the cookie, if there is one. */
  async start(): Promise<void> {
    const renewed = await this.#refresh();
    if (renewed.ok) return this.#admit(renewed.value);
    if (!isWorthRetrying(renewed.failure)) {
      this.state.set({ state: 'signedOut' });
      return;
    }
    // Another window may be renewing at this moment; that is no reason to tell of trouble.
    if (renewed.failure.code !== 'tooFast') this.state.set({ state: 'unreachable' });
    this.#schedule(RETRY_MS, () => void this.start());
  }

  async signIn(email: string, password: string): Promise<Result<SignedIn>> {
    return this.take(await request<SignedIn>('POST', '/session', { body: { email, password } }));
  }

  /** Uses the answer of a sign-in or of an enrolment. */
  take(answer: Result<SignedIn>): Result<SignedIn> {
    if (answer.ok) this.#admit(answer.value);
    return answer;
  }

  /** Secrecy is promised: what was kept back until then is shown. */
  pledged(): void {
    const { value } = this.state;
    if (value.state === 'signedIn') this.state.set({ ...value, me: { ...value.me, hasPledged: true } });
  }

  /** `everywhere` ends every session of this person, on every device. */
  async signOut(everywhere: boolean): Promise<Result<unknown>> {
    const path = everywhere ? '/session?everywhere=true' : '/session';
    const token = this.#token;
    this.notSignedOut.set(undefined);
    const answer = await request('DELETE', path, token === undefined ? {} : { token });
    // The cookie would sign the next window in again: as long as the service has not heard of it, nobody is out.
    if (!answer.ok && isWorthRetrying(answer.failure)) {
      this.notSignedOut.set(answer.failure);
      return answer;
    }
    this.#leave('left');
    return succeed({});
  }

  /** The account ends, and every session of it is over already. */
  ended(): void {
    this.#leave('accountEnds');
  }

  dismissNotSignedOut(): void {
    this.notSignedOut.set(undefined);
  }

  renew(): Promise<boolean> {
    this.#renewal ??= this.#renewNow().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewNow(): Promise<boolean> {
    const renewed = await this.#refresh();
    if (renewed.ok) {
      this.#admit(renewed.value);
      return true;
    }
    if (isFinal(renewed.failure)) this.#leave('expired');
    else this.#schedule(RETRY_MS, () => void this.renew());
    return false;
  }

  /**
   * Two windows that renew at once would both show the same refresh token, and the second would look like a
   * thief. The lock makes them take turns; each then sends the cookie that the one before has left.
   */
  #refresh(): Promise<Result<SignedIn>> {
    const send = (): Promise<Result<SignedIn>> => request<SignedIn>('POST', '/session/refresh');
    return navigator.locks?.request('alongside.refresh', send) ?? send();
  }

  #admit(signedIn: SignedIn): void {
    this.#token = signedIn.accessToken;
    // A clock of this computer that is minutes off says nothing; the token's usual life does.
    const leftMs = signedIn.expiresAt - Date.now();
    const isPlausible = leftMs > 0 && leftMs <= limits.accessTokenMs;
    const inMs = (isPlausible ? leftMs : limits.accessTokenMs) - RENEW_AHEAD_MS;
    this.#schedule(Math.max(RETRY_MS, inMs), () => void this.renew());
    this.state.set({ state: 'signedIn', me: signedIn.me });
  }

  #leave(because: 'expired' | 'left' | 'accountEnds'): void {
    this.#token = undefined;
    this.notSignedOut.set(undefined);
    clearTimeout(this.#timer);
    this.state.set({ state: 'signedOut', because });
  }

  #schedule(inMs: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, inMs);
  }
}

function isFinal(failure: Failure): boolean {
  return failure.code === 'notAdmitted' || failure.code === 'notPermitted' || failure.code === 'expired';
}
