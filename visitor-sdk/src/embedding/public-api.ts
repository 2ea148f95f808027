/**
 * What a customer's page can say to the SDK and hear from it. This file imports nothing: the npm package ships
 * it as its types.
 */

/** How the SDK is told where it is embedded. */
export interface StartOptions {
  /** The site's public key, `site_…`. */
  readonly site: string;
  /** Origin of the service, which the package needs. The script tag takes it from its own address. */
  readonly service?: string;
}

/** What a customer knows of a visitor. It fills the form in, where the visitor sees and may change it. */
export interface VisitorDetails {
  readonly name?: string;
  readonly topic?: string;
  /**
   * Asked for when a visitor who has signed in on your site sends their first message and agrees to be confirmed: a
   * token that your own server signs for this one engagement. The agent is told whom it names.
   */
  readonly token?: (about: IdentityAsked) => string | Promise<string>;
}

export interface IdentityAsked {
  /** What the token has to name as its `jti`. */
  readonly engagementId: string;
}

/** What happened, as a page may want to know it. Nothing of what people write or show is in it. */
export interface AlongsideEvents {
  /** The launcher is there. */
  ready: { readonly staffed: boolean };
  /** The panel was opened or closed by whomever. */
  opened: Record<string, never>;
  closed: Record<string, never>;
  /** The engagement entered another phase. */
  phase: { readonly phase: 'waiting' | 'offered' | 'active' | 'wrapUp' | 'closed' };
  /** An agent began or ceased to see this page. */
  watched: { readonly watched: boolean };
  /** The SDK cannot work here; `reason` is one of a closed list and is also in the page's console. */
  failed: { readonly reason: FailureReason };
}

export type FailureReason =
  | 'insecureContext'
  | 'originNotAllowed'
  | 'siteUnknown'
  | 'siteKeyMissing'
  | 'serviceMissing'
  | 'serviceUnreachable'
  | 'partBlocked'
  | 'identityRefused'
  | 'tooOld';

export type AlongsideEventName = keyof AlongsideEvents;
export type AlongsideListener<K extends AlongsideEventName> = (event: AlongsideEvents[K]) => void;

/** Every method may be called at any time and never throws. */
export interface Alongside {
  /** Shows the launcher; the script tag does it by itself unless it carries `data-alongside-start="manual"`. */
  start(options: StartOptions): void;
  /** Takes everything off the page. The engagement can be continued by `start` while its secret lives. */
  stop(): void;
  /** Somebody else is at this browser now: ends the engagement, and leaves nothing of it here. */
  reset(): void;
  identify(details: VisitorDetails): void;
  open(): void;
  close(): void;
  on<K extends AlongsideEventName>(name: K, listener: AlongsideListener<K>): void;
  off<K extends AlongsideEventName>(name: K, listener: AlongsideListener<K>): void;
}
