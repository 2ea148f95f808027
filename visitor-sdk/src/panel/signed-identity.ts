/** Asks the page for the token by which its own server says who has signed in, if the visitor lets it. */

import { textLimits } from '@alongside/protocol';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { VisitorDetails } from '../embedding/public-api.js';

/** Help must not wait for long on a page that does not answer. */
const PATIENCE_MS = 5_000;

export class SignedIdentity {
  /** Whether the page has something to confirm, so that the visitor is asked. */
  readonly offered = computed(() => this.#details.value.token !== undefined);
  /** The visitor's own choice. */
  readonly agreed = signal(true);
  readonly #details: ReadonlySignal<VisitorDetails>;
  readonly #onRefused: () => void;

  constructor(details: ReadonlySignal<VisitorDetails>, onRefused: () => void) {
    this.#details = details;
    this.#onRefused = onRefused;
  }

  /** Undefined where the visitor is not to be confirmed, or the page has nothing to show for it. */
  async token(engagementId: string): Promise<string | undefined> {
    const { token } = this.#details.value;
    if (token === undefined || !this.agreed.value) return undefined;
    const given = await answered(async () => token({ engagementId }));
    const isToken =
      typeof given === 'string' && given !== '' && given.length <= textLimits.identityTokenLength;
    if (!isToken) this.refused();
    return isToken ? given : undefined;
  }

  /** The page is told, and the visitor goes on as anybody else would. */
  refused(): void {
    this.#onRefused();
  }
}

/** The page's own function: it may throw, refuse, or never answer. */
async function answered(ask: () => Promise<unknown>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
