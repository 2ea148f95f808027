/**
 * Keeps the return secret of an engagement: in a first-party cookie on the site's domain, so that reloads, other
 * tabs and sub-domains continue; where cookies are refused, in this tab's storage; else in memory only.
 */

import type { EngagementId } from '@alongside/protocol';

export interface ReturnEntry {
  readonly engagementId: EngagementId;
  /** 256 random bits, base64url. */
  readonly secret: string;
}

/** How far the secret reaches: all pages of the site, this tab, or this page load only. */
export type ReturnReach = 'site' | 'tab' | 'page';

export interface CookieJar {
  read(): string;
  write(cookie: string): void;
}

export interface TabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface ReturnPlace {
  readonly site: string;
  /** By the end of its name: what the visitor has left and the service has not heard of yet, not what they go on with. */
  readonly holds?: '_left';
  readonly hostname: string;
  readonly secure: boolean;
  readonly jar: CookieJar;
  readonly tab: TabStorage | undefined;
  readonly now: () => number;
}

interface CookieToWrite {
  readonly name: string;
  readonly value: string;
  readonly seconds: number;
  readonly domain: string | undefined;
}

/** The same as `limits.returnSecretMs`; the loader carries none of the protocol's code. */
const LIFETIME_MS = 24 * 3_600_000;
const entryPattern = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

export class ReturnStore {
  readonly #place: ReturnPlace;
  readonly #name: string;
  #domain: string | undefined;
  #knowsDomain = false;
  /** Before the domain was known: a cookie of it was out of reach then. */
  #forgot = false;
  #inMemory: ReturnEntry | undefined;

  constructor(place: ReturnPlace) {
    this.#place = place;
    // Two sites embedded on one domain must not read each other's engagement.
    this.#name = `alongside_${place.site.slice(5, 13)}${place.holds ?? ''}`;
  }

  /** The site's configured domain is used only where this page is inside it; a browser refuses it elsewhere. */
  useDomain(domain: string | undefined): void {
    const { hostname } = this.#place;
    const inside = domain !== undefined && (hostname === domain || hostname.endsWith(`.${domain}`));
    this.#domain = inside ? domain : undefined;
    this.#knowsDomain = true;
    if (this.#forgot) this.forget();
    this.#forgot = false;
  }

  read(): ReturnEntry | undefined {
    return parseEntry(this.#readCookie(this.#name)) ?? this.#readTab() ?? this.#inMemory;
  }

  /** How far the secret reaches that is kept now. Coming back does not keep it any longer than it was to be. */
  reach(): ReturnReach {
    if (parseEntry(this.#readCookie(this.#name)) !== undefined) return 'site';
    return this.#readTab() === undefined ? 'page' : 'tab';
  }

  keep(entry: ReturnEntry): ReturnReach {
    this.#inMemory = entry;
    const text = `${entry.engagementId}.${entry.secret}`;
    this.#writeCookie({ name: this.#name, value: text, seconds: LIFETIME_MS / 1000, domain: this.#domain });
    if (this.#readCookie(this.#name) === text) return 'site';
    return this.#writeTab(text) ? 'tab' : 'page';
  }

  /** How far a secret would reach if it were kept now; leaves nothing behind. */
  probe(): ReturnReach {
    const name = `${this.#name}_probe`;
    this.#writeCookie({ name, value: '1', seconds: 60, domain: this.#domain });
    const accepted = this.#readCookie(name) === '1';
    this.#writeCookie({ name, value: '', seconds: 0, domain: this.#domain });
    if (accepted) return 'site';
    if (!this.#attemptTab((tab) => tab.setItem(name, '1'))) return 'page';
    return this.#attemptTab((tab) => tab.removeItem(name)) ? 'tab' : 'page';
  }

  /**
   * The engagement has ended: the cookie goes, so that no page continues it. This tab keeps the secret, so that
   * the receipt, the export and the erasure stay within reach here.
   */
  retire(entry: ReturnEntry): void {
    this.#inMemory = entry;
    this.#dropCookie();
    this.#writeTab(`${entry.engagementId}.${entry.secret}`);
  }

  forget(): void {
    this.#forgot = !this.#knowsDomain;
    this.#inMemory = undefined;
    this.#dropCookie();
    this.#attemptTab((tab) => tab.removeItem(this.#name));
  }

  #readCookie(name: string): string | undefined {
    try {
      const pairs = this.#place.jar.read().split('; ');
      return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    } catch {
      // A sandboxed page throws at the mere look at its cookies.
      return undefined;
    }
  }

  #writeCookie({ name, value, seconds, domain }: CookieToWrite): void {
    const parts = [`${name}=${value}`, 'Path=/', 'SameSite=Lax', `Max-Age=${seconds}`];
    if (domain !== undefined) parts.push(`Domain=${domain}`);
    if (this.#place.secure) parts.push('Secure');
    try {
      this.#place.jar.write(parts.join('; '));
    } catch {
      // As above: the caller reads back what was accepted.
    }
  }

  /** One that was set while the site had no domain configured goes as well. */
  #dropCookie(): void {
    for (const domain of [undefined, this.#domain]) {
      this.#writeCookie({ name: this.#name, value: '', seconds: 0, domain });
    }
  }

  #readTab(): ReturnEntry | undefined {
    let text: string | null = null;
    this.#attemptTab((tab) => {
      text = tab.getItem(this.#name);
    });
    const [at, value] = ((text ?? '') as string).split(' ');
    return Number(at) > this.#place.now() - LIFETIME_MS ? parseEntry(value) : undefined;
  }

  #writeTab(text: string): boolean {
    return this.#attemptTab((tab) => tab.setItem(this.#name, `${this.#place.now()} ${text}`));
  }

  #attemptTab(act: (tab: TabStorage) => void): boolean {
    const { tab } = this.#place;
    if (tab === undefined) return false;
    try {
      act(tab);
      return true;
    } catch {
      // Forbidden by the page's policy, or full.
      return false;
    }
  }
}

function parseEntry(text: string | undefined): ReturnEntry | undefined {
  const [, engagementId, secret] = entryPattern.exec(text ?? '') ?? [];
  if (engagementId === undefined || secret === undefined) return undefined;
  return { engagementId: engagementId as EngagementId, secret };
}
