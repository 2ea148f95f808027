/** The cookie of the refresh token: out of reach of scripts, of other sites and, with TLS, of other hosts. */

import { limits } from '@alongside/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';

export class RefreshCookie {
  readonly #name: string;
  readonly #options: { readonly path: string; readonly secure: boolean };

  constructor(consoleOrigin: string) {
    const secure = consoleOrigin.startsWith('https:');
    this.#name = secure ? '__Host-alongside-refresh' : 'alongside-refresh';
    this.#options = { secure, path: secure ? '/' : '/api/session' };
  }

  read(request: FastifyRequest): string | undefined {
    const value = request.cookies[this.#name];
    return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
  }

  set(reply: FastifyReply, token: string): void {
    const maxAge = limits.refreshTokenMs / 1000;
    reply.setCookie(this.#name, token, { ...this.#options, httpOnly: true, sameSite: 'strict', maxAge });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.#name, { ...this.#options, httpOnly: true, sameSite: 'strict' });
  }
}
