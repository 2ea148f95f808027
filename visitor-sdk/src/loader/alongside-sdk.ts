/** The SDK as a page sees it: shows the launcher, and brings the panel when it is needed. */

import type { Language, SiteConfig } from '@alongside/protocol';
import { chooseLanguage } from '../embedding/choose-language.js';
import { EventHub } from '../embedding/event-hub.js';
import { explainFailure } from '../embedding/page-console.js';
import { guarded, unattended } from '../embedding/page-guard.js';
import type {
  Alongside,
  AlongsideEventName,
  AlongsideListener,
  FailureReason,
  StartOptions,
  VisitorDetails,
} from '../embedding/public-api.js';
import type { SdkParts } from '../embedding/sdk-parts.js';
import type { ShadowHost } from '../embedding/shadow-host.js';
import { createShadowHost } from '../embedding/shadow-host.js';
import type { SiteAddress } from '../embedding/site-client.js';
import { fetchSiteConfig, leaveForGood, pageFetch } from '../embedding/site-client.js';
import type { Panel } from '../panel/panel.js';
import { pageReturnStore } from '../return/page-return-store.js';
import type { ReturnStore } from '../return/return-store.js';
import { Launcher, launcherStyles } from './launcher.js';

const RETRY_MS = 60_000;

/** Everything that exists between `start` and `stop`. */
interface Running {
  readonly address: SiteAddress;
  readonly returns: ReturnStore;
  /** The conversation that the service still has to hear was left. */
  readonly left: ReturnStore;
  language: Language;
  readonly stopped: AbortController;
  retry: ReturnType<typeof setTimeout> | undefined;
  /** The reason that was told last: one that stays is told once, not at each try. */
  told: FailureReason | undefined;
  shown: { config: SiteConfig; configAt: number; shadow: ShadowHost; launcher: Launcher } | undefined;
  panel: Promise<Panel> | undefined;
}

export class AlongsideSdk implements Alongside {
  readonly #parts: SdkParts;
  readonly #service: string | undefined;
  readonly #events = new EventHub();
  #details: VisitorDetails = {};
  #running: Running | undefined;
  #wantsOpen = false;
  /** What was started last, also once it is stopped. */
  #last: Running | undefined;
  /** Before any site was started. */
  #wasReset = false;

  constructor(parts: SdkParts, service?: string) {
    this.#parts = parts;
    this.#service = service;
  }

  start(options: StartOptions): void {
    guarded(() => {
      if (this.#running !== undefined || typeof document === 'undefined') return;
      const site = String(options?.site ?? '');
      const service = options?.service ?? this.#service;
      if (!globalThis.isSecureContext) return this.#fail('insecureContext', location.origin);
      if (!/^site_[A-Za-z0-9_-]{22}$/.test(site)) return this.#fail('siteKeyMissing', site);
      if (service === undefined) return this.#fail('serviceMissing', site);
      const running: Running = {
        address: { service: service.replace(/\/+$/, ''), site },
        returns: pageReturnStore({ site }),
        left: pageReturnStore({ site, holds: '_left' }),
        language: chooseLanguage(document.documentElement.lang, navigator.languages ?? []),
        stopped: new AbortController(),
        retry: undefined,
        told: undefined,
        shown: undefined,
        panel: undefined,
      };
      this.#running = running;
      this.#last = running;
      const told = this.#wasReset ? this.#leave(running) : this.#tellLeft(running);
      this.#wasReset = false;
      unattended(told.then(() => this.#show(running)));
    });
  }

  stop(): void {
    guarded(() => {
      const running = this.#running;
      this.#running = undefined;
      this.#wantsOpen = false;
      if (running === undefined) return;
      clearTimeout(running.retry);
      running.stopped.abort();
      unattended(Promise.resolve(running.panel).then((panel) => panel?.close()));
      running.shown?.shadow.host.remove();
    });
  }

  reset(): void {
    guarded(() => {
      this.#details = {};
      this.#wantsOpen = false;
      this.#wasReset = this.#last === undefined;
      if (this.#last !== undefined) unattended(this.#leave(this.#last));
      unattended(Promise.resolve(this.#running?.panel).then((panel) => panel?.reset()));
    });
  }

  identify(details: VisitorDetails): void {
    guarded(() => {
      this.#details = details;
      unattended(Promise.resolve(this.#running?.panel).then((panel) => panel?.identify(this.#details)));
    });
  }

  open(): void {
    guarded(() => {
      this.#wantsOpen = true;
      this.#running?.shown?.launcher.showTrouble(false);
      if (this.#running?.shown !== undefined) unattended(this.#openPanel(this.#running));
    });
  }

  close(): void {
    guarded(() => {
      this.#wantsOpen = false;
      unattended(Promise.resolve(this.#running?.panel).then((panel) => panel?.minimise()));
    });
  }

  on<K extends AlongsideEventName>(name: K, listener: AlongsideListener<K>): void {
    guarded(() => this.#events.on(name, listener));
  }

  off<K extends AlongsideEventName>(name: K, listener: AlongsideListener<K>): void {
    guarded(() => this.#events.off(name, listener));
  }

  /** At once, since a page often goes elsewhere with this; a panel that is on its way finds nothing to come back to. */
  #leave(running: Running): Promise<void> {
    const { returns, left } = running;
    const entry = returns.read();
    returns.forget();
    if (entry !== undefined) left.keep(entry);
    return this.#tellLeft(running);
  }

  /** Again until the service has heard it, by a later page if need be: it stays open for whoever comes next till then. */
  async #tellLeft(running: Running): Promise<void> {
    const { address, left } = running;
    const entry = left.read();
    if (entry === undefined) return;
    if (!(await leaveForGood(address, entry)))
      setTimeout(() => unattended(this.#tellLeft(running)), RETRY_MS);
    // Another one may have been left meanwhile.
    else if (left.read()?.secret === entry.secret) left.forget();
  }

  async #show(running: Running): Promise<void> {
    const configAt = Date.now();
    const answer = await fetchSiteConfig(running.address, running.language);
    if (this.#running !== running) return;
    if (!answer.ok) {
      const about = answer.reason === 'originNotAllowed' ? location.origin : running.address.service;
      if (running.told !== answer.reason) this.#fail(answer.reason, about);
      running.told = answer.reason;
      if (answer.reason !== 'serviceUnreachable') return;
      running.retry = setTimeout(() => unattended(this.#show(running)), RETRY_MS);
      return;
    }
    const { config } = answer;
    // The notice decides: it is what the visitor reads first, and the site may not offer what the page asks for.
    running.language = config.notice.language;
    running.returns.useDomain(config.cookieDomain);
    const shadow = createShadowHost(launcherStyles);
    const look = { language: running.language, accent: config.accent };
    const launcher = new Launcher(shadow, look, () => this.open());
    running.shown = { config, configAt, shadow, launcher };
    this.#events.emit('ready', { staffed: config.staffed });
    this.#previewTo(running.address.service, shadow.host);
    // A page that is shown again out of the browser's memory has missed what another one has begun.
    const { signal } = running.stopped;
    addEventListener('pageshow', () => unattended(this.#resume(running)), { signal });
    await this.#resume(running);
    if (this.#wantsOpen) await this.#openPanel(running);
  }

  /** In a window that has the name of a preview: the part asks who has opened it. */
  #previewTo(service: string, host: HTMLElement): void {
    if ((globalThis as { name?: string }).name !== 'alongside-preview') return;
    unattended(this.#parts.preview().then((part) => part.startPreview({ service, host })));
  }

  async #resume(running: Running): Promise<void> {
    if (this.#running === running && running.returns.read() !== undefined) await this.#loadPanel(running);
  }

  async #openPanel(running: Running): Promise<void> {
    const panel = await this.#loadPanel(running);
    if (this.#running === running && this.#wantsOpen) panel?.open();
  }

  async #loadPanel(running: Running): Promise<Panel | undefined> {
    const { shown } = running;
    if (shown === undefined) return undefined;
    shown.launcher.showBusy(true);
    running.panel ??= this.#startPanel(running, shown);
    try {
      return await running.panel;
    } catch {
      running.panel = undefined;
      this.#fail('partBlocked', running.address.service);
      // Whoever has pressed is told; a conversation that would have gone on by itself is tried again by a press.
      if (this.#wantsOpen) shown.launcher.showTrouble(true);
      return undefined;
    } finally {
      shown.launcher.showBusy(false);
    }
  }

  async #startPanel(running: Running, shown: NonNullable<Running['shown']>): Promise<Panel> {
    const part = await this.#parts.panel(running.language);
    return part.startPanel({
      ...shown,
      address: running.address,
      returns: running.returns,
      language: running.language,
      fetch: pageFetch,
      details: this.#details,
      emit: (name, event) => this.#events.emit(name, event),
      fail: (reason) => this.#fail(reason),
      onMinimise: () => {
        this.#wantsOpen = false;
      },
    });
  }

  #fail(reason: FailureReason, about = ''): void {
    explainFailure(reason, about);
    this.#events.emit('failed', { reason });
  }
}
