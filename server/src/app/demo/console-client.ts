/** Speaks to the console's HTTP API as a browser of an officer would, over the loopback address. */

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { rootCertificates } from 'node:tls';

export interface ConsoleAddress {
  /** Where it listens. */
  readonly host: string;
  readonly port: number;
  /** What it is called; Node does not resolve names below `localhost` by itself. */
  readonly origin: string;
  /** The server's own certificate, which no authority may have signed. */
  readonly certificate: string | undefined;
}

/** The API did not answer as its contract says. */
export class ConsoleRefusal extends Error {
  override readonly name = 'ConsoleRefusal';
  readonly status: number;
  readonly code: string;

  constructor(what: string, answer: { readonly status: number; readonly code: string }) {
    super(`${what} was refused: ${answer.status} ${answer.code}`);
    this.status = answer.status;
    this.code = answer.code;
  }
}

export class ConsoleClient {
  readonly #address: ConsoleAddress;
  #accessToken: string | undefined;

  constructor(address: ConsoleAddress) {
    this.#address = address;
  }

  /** What follows is asked in the name of whoever has this token. */
  signedIn(accessToken: string): void {
    this.#accessToken = accessToken;
  }

  get<T>(path: string): Promise<T> {
    return this.#ask<T>('GET', path, undefined);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>('PUT', path, body);
  }

  async #ask<T>(method: string, path: string, body: unknown): Promise<T> {
    const { status, text } = await this.#send(method, path, body);
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (status >= 200 && status < 300) return answer as T;
    throw new ConsoleRefusal(`${method} ${path.replace(/[0-9a-f-]{36}/g, ':id')}`, {
      status,
      code: refusalCode(answer),
    });
  }

  #send(method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
    const { host, port, origin, certificate } = this.#address;
    const url = new URL(origin);
    const isSecure = url.protocol === 'https:';
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string> = { host: url.host, origin };
    if (payload !== undefined) headers['content-type'] = 'application/json';
    if (this.#accessToken !== undefined) headers.authorization = `Bearer ${this.#accessToken}`;
    const options = { host: toConnect(host), port, path, method, headers, servername: url.hostname };
    return new Promise((resolve, reject) => {
      const request = isSecure
        ? requestHttps({
            ...options,
            ca: [...rootCertificates, ...(certificate === undefined ? [] : [certificate])],
          })
        : requestHttp(options);
      request.once('error', reject);
      request.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.once('error', reject);
      });
      request.end(payload);
    });
  }
}

/** A server that listens everywhere is reached on loopback. */
function toConnect(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function refusalCode(answer: unknown): string {
  const refusal = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'refusal') : undefined;
  const code = typeof refusal === 'object' && refusal !== null ? Reflect.get(refusal, 'code') : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
