/** Remembers how requests arrived (never what they held), so that a test can ask which cookies came here. */
import type { IncomingMessage } from 'node:http';
import { cookieNames } from './cookies.js';

const keptRequests = 2000;

export interface SeenRequest {
  readonly method: string;
  readonly host: string;
  /** Without query and fragment. */
  readonly path: string;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  readonly secFetchMode: string | undefined;
  readonly cookieNames: readonly string[];
  readonly hasAuthorization: boolean;
}

export class SeenRequests {
  #requests: SeenRequest[] = [];

  get all(): readonly SeenRequest[] {
    return this.#requests;
  }

  note(request: IncomingMessage): void {
    this.#requests.push({
      method: request.method ?? '',
      host: request.headers.host ?? '',
      path: (request.url ?? '').split(/[?#]/, 1)[0] ?? '',
      origin: request.headers.origin,
      secFetchSite: single(request.headers['sec-fetch-site']),
      secFetchMode: single(request.headers['sec-fetch-mode']),
      cookieNames: cookieNames(request.headers.cookie),
      hasAuthorization: request.headers.authorization !== undefined,
    });
    if (this.#requests.length > keptRequests) this.#requests = this.#requests.slice(-keptRequests);
  }

  forget(): void {
    this.#requests = [];
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
