/** The TURN servers of this installation: looked at before anybody is sent there, and handed out with credentials. */

import { createHmac, randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { EngagementId, IceServer } from '@alongside/protocol';
import type { CallRelays } from '../call-relays.js';
import type { LiveLogger } from '../live-logger.js';
import type { AskTurnSoftware, Found } from './ask-turn-software.js';
import { askTurnSoftware } from './ask-turn-software.js';
import { turnCredentials } from './turn-credentials.js';
import { readTurnUrl } from './turn-url.js';
import type { TurnVerdict } from './turn-version.js';
import { COTURN_FLOOR, judgeTurnSoftware } from './turn-version.js';

/** How long a start waits for the answers. */
const ASK_LIMIT_MS = 1500;
/** Each is asked again so long after it was: a call that hangs on one that is gone should not hang long. */
const ASK_AGAIN_MS = 2000;
const PSEUDONYM_CHARACTERS = 16;

export interface TurnSettings {
  readonly urls: readonly string[];
  readonly secret: string;
  /** What becomes of a server that is too old, and of one that does not say what it is. */
  readonly old: 'refuse' | 'warn';
  readonly unknown: 'refuse' | 'warn';
}

export interface TurnRelaysDeps {
  readonly logger: LiveLogger;
  readonly clock: { now(): number };
  readonly ask?: AskTurnSoftware;
  readonly find?: (host: string) => Promise<Found>;
  readonly againMs?: number;
}

type Standing = TurnVerdict | 'absent';

export class TurnRelays implements CallRelays {
  readonly #settings: TurnSettings;
  readonly #deps: TurnRelaysDeps;
  /** Engagements are told to the relay under names that mean nothing to anybody once this process has ended. */
  readonly #pseudonymKey = randomBytes(32);
  /** What each was found to be when it was asked last. */
  readonly #found = new Map<string, Standing>();
  /** Names that are looked up right now: one that hangs is not asked for again meanwhile. */
  readonly #finding = new Map<string, Promise<Found>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #onChanged: () => void = () => undefined;
  #closed = false;

  constructor(settings: TurnSettings, deps: TurnRelaysDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  get usable(): boolean {
    return this.#usable.length > 0;
  }

  listen(onChanged: () => void): void {
    this.#onChanged = onChanged;
  }

  serversFor(engagementId: EngagementId): readonly IceServer[] {
    const urls = this.#usable;
    if (urls.length === 0) return [];
    const pseudonym = createHmac('sha256', this.#pseudonymKey)
      .update(engagementId)
      .digest('base64url')
      .slice(0, PSEUDONYM_CHARACTERS);
    return [{ urls, ...turnCredentials(this.#settings.secret, pseudonym, this.#deps.clock.now()) }];
  }

  /**
   * Asks each, and then again and again. Resolves once each was asked, with a line for a person for each that keeps this
   * process from starting; one that is refused later is only left out, and nothing ends.
   */
  async look(): Promise<readonly string[]> {
    const faults = await Promise.all(this.#settings.urls.map((url, server) => this.#lookAt(url, server)));
    return faults.filter((fault) => fault !== undefined);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  get #usable(): readonly string[] {
    return this.#settings.urls.filter((url) => this.#mayUse(this.#found.get(url) ?? 'absent'));
  }

  #mayUse(found: Standing): boolean {
    return found === 'good' || (found !== 'absent' && this.#settings[found] === 'warn');
  }

  async #lookAt(url: string, server: number): Promise<string | undefined> {
    const { ask = askTurnSoftware } = this.#deps;
    const address = readTurnUrl(url);
    if (address === undefined) return `TURN_URLS: ${url} is no address of a TURN server.`;
    const answer = await ask(address, { limitMs: ASK_LIMIT_MS, find: (host) => this.#find(host) });
    if (this.#closed) return undefined;
    this.#lookAgain(url, server);
    const found = answer.state === 'absent' ? answer.state : judgeTurnSoftware(answer.software);
    const before = this.#found.get(url);
    this.#found.set(url, found);
    if (found !== before) this.#tell(server, found);
    if (this.#mayUse(found) !== this.#mayUse(before ?? 'absent')) this.#onChanged();
    return found === 'good' || found === 'absent' || this.#mayUse(found) ? undefined : faultOf[found](url);
  }

  #find(host: string): Promise<Found> {
    const known = this.#finding.get(host);
    if (known !== undefined) return known;
    const { find = lookup } = this.#deps;
    const finding = find(host).finally(() => this.#finding.delete(host));
    this.#finding.set(host, finding);
    return finding;
  }

  #tell(server: number, found: Standing): void {
    const { logger } = this.#deps;
    if (found === 'absent') logger.warn('call:turnAbsent', { server });
    else if (!this.#mayUse(found)) logger.error('call:turnRefused', { server, verdict: found });
    else if (found !== 'good') logger.warn('call:turnDoubtful', { server, verdict: found });
    if (this.#mayUse(found)) logger.info('call:turnUsable', { server });
  }

  #lookAgain(url: string, server: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#lookAt(url, server);
    }, this.#deps.againMs ?? ASK_AGAIN_MS);
    this.#timers.add(timer);
    timer.unref();
  }
}

const faultOf = {
  old: (url: string) =>
    `TURN_URLS: ${url} is a coturn below ${COTURN_FLOOR.join('.')}, which can be led past its deny list. Renew it, or leave it out: calls work without one where browsers reach the media port.`,
  unknown: (url: string) =>
    `TURN_URLS: ${url} does not say which coturn it is. Let it say so (software-attribute), or set TURN_UNKNOWN_VERSION=warn once you know that it is ${COTURN_FLOOR.join('.')} or newer.`,
} as const;
