/** Keeps, in memory only, what a visitor has put into the cart and written into the application. */
import { randomBytes } from 'node:crypto';
import { Cart } from './cart.js';
import { cookieValue } from './cookies.js';
import { type Order, sampleOrders } from './orders.js';

export const sessionCookie = 'shop_session';
const idleLimitMs = 2 * 60 * 60 * 1000;
/** The oldest is dropped when one more would be kept: a visitor without cookies makes one with each page. */
const keptSessions = 1000;

export interface ShopSession {
  readonly id: string;
  readonly cart: Cart;
  /** Keyed by the field's name. Card data, one-time codes and passwords are never put here. */
  readonly answers: Map<string, readonly string[]>;
  readonly completedSteps: Set<string>;
  orders: readonly Order[];
  lastSeenMs: number;
}

export class ShopSessions {
  /** Keyed by the cookie's value, the least recently seen first. */
  readonly #sessions = new Map<string, ShopSession>();

  find(cookieHeader: string | undefined): ShopSession | undefined {
    const id = cookieValue(cookieHeader, sessionCookie);
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session === undefined) return undefined;
    this.#sessions.delete(session.id);
    if (Date.now() - session.lastSeenMs > idleLimitMs) return undefined;
    session.lastSeenMs = Date.now();
    this.#sessions.set(session.id, session);

    return session;
  }

  start(): ShopSession {
    const session: ShopSession = {
      id: randomBytes(24).toString('base64url'),
      cart: new Cart(),
      answers: new Map(),
      completedSteps: new Set(),
      orders: sampleOrders,
      lastSeenMs: Date.now(),
    };
    this.#sessions.set(session.id, session);
    if (this.#sessions.size > keptSessions) {
      const oldest = this.#sessions.keys().next().value;
      if (oldest !== undefined) this.#sessions.delete(oldest);
    }

    return session;
  }
}

/** The cookie covers the sub-domains, so that the payment pages know the cart; it ends with the browser. */
export function sessionCookieHeader(session: ShopSession, publicHost: string): string {
  return `${sessionCookie}=${session.id}; Domain=${publicHost}; Path=/; HttpOnly; SameSite=Lax`;
}
