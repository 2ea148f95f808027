/** What is known of the site: as the loader found it, and fetched again where that could be too old. */

import type { Language, SiteConfig } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { Failure, VisitorHttp } from './visitor-http.js';

export class SiteFacts {
  readonly #config;
  readonly #http: VisitorHttp;
  readonly #language: Language;
  #fetchedAt: number;

  /** `fetchedAt` is by this machine's clock. */
  constructor(http: VisitorHttp, known: { readonly config: SiteConfig; readonly fetchedAt: number }) {
    this.#http = http;
    this.#config = signal(known.config);
    this.#language = known.config.notice.language;
    this.#fetchedAt = known.fetchedAt;
  }

  get config(): ReadonlySignal<SiteConfig> {
    return this.#config;
  }

  /** Fetches what is older than that; undefined when it is fresh now, otherwise why it is not. */
  async renew(oldestMs = 0): Promise<Failure | undefined> {
    const ageMs = Date.now() - this.#fetchedAt;
    // A clock that was set back says nothing about the age.
    if (ageMs >= 0 && ageMs < oldestMs) return undefined;
    const askedAt = Date.now();
    const answer = await this.#http.siteConfig(this.#language);
    if (!answer.ok) return answer.failure;
    this.#config.value = answer.value;
    this.#fetchedAt = askedAt;
    return undefined;
  }
}
