/** How often one address may ask what. In memory: a restart forgives, and nothing of it is kept. */

import { isIPv6 } from 'node:net';
import { type Reply, refuse } from '@alongside/protocol';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type LimitName =
  | 'config'
  | 'start'
  | 'visitor'
  | 'signIn'
  | 'signUp'
  | 'enrol'
  | 'password'
  | 'person';

/** Per address and span. Offices share addresses, so these stop floods and not people. */
export const allowed: Readonly<
  Record<LimitName | 'signInFailure', { readonly points: number; readonly seconds: number }>
> = {
  config: { points: 600, seconds: 60 },
  start: { points: 60, seconds: 60 },
  visitor: { points: 600, seconds: 60 },
  signIn: { points: 100, seconds: 900 },
  signUp: { points: 30, seconds: 3600 },
  enrol: { points: 60, seconds: 900 },
  password: { points: 30, seconds: 900 },
  person: { points: 3000, seconds: 60 },
  /** Per address and e-mail: what guessing one password costs. */
  signInFailure: { points: 10, seconds: 900 },
};

export class RateLimits {
  readonly #limiters: ReadonlyMap<keyof typeof allowed, RateLimiterMemory>;

  /** `factor` widens every limit, for tests that are many people at one address. */
  constructor(factor = 1) {
    const names = Object.keys(allowed) as (keyof typeof allowed)[];
    this.#limiters = new Map(
      names.map((name) => {
        const { points, seconds } = allowed[name];
        return [name, new RateLimiterMemory({ points: points * factor, duration: seconds })];
      }),
    );
  }

  /** A refusal when the address has asked too often; undefined when it may go on. */
  async take(name: keyof typeof allowed, key: string): Promise<Reply<never> | undefined> {
    try {
      await this.#limiters.get(name)?.consume(key);
      return undefined;
    } catch (error) {
      if (error instanceof RateLimiterRes) return refuse('tooFast');
      throw error;
    }
  }

  async isSpent(name: keyof typeof allowed, key: string): Promise<boolean> {
    const spent = await this.#limiters.get(name)?.get(key);
    return spent !== null && spent !== undefined && spent.remainingPoints <= 0;
  }
}

/** One customer of a network has a whole /64 of IPv6. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [head = '', tail = ''] = groups;
  const front = head.split(':').filter(Boolean);
  const back = groups.length > 1 ? tail.split(':').filter(Boolean) : [];
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}
