/**
 * Answers the page around this one when it invites it to be shown. Only the topmost window is listened to, only from
 * an origin that this page itself names, and only if the service lists that origin for the same site.
 */

import type { MaskingPolicy, SiteConfig } from '@alongside/protocol';
import type { ControlPart } from '../cobrowse/control/control-part.js';
import type { JoinInvitation } from '../cobrowse/joined/join-words.js';
import { JOIN_HERE, JOIN_OPEN } from '../cobrowse/joined/join-words.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { parseAddress } from '../cobrowse/page-address.js';
import { requestPrivacy } from '../embedding/site-client.js';
import type { GuestPart } from '../sharing/frame-guest.js';

export interface FrameInvitationsDeps {
  readonly service: string;
  readonly site: string;
  /** Origins that this page lets itself be shown in: its own word, beside what the service lists. */
  readonly parents: readonly string[];
  /** The topmost window, by identity. */
  readonly top: Window | null;
  readonly fetch: typeof fetch;
  readonly guest: () => Promise<GuestPart>;
  readonly moving: () => Promise<MovingPart>;
  readonly control: () => Promise<ControlPart>;
  /** Whether this page lets agents do more in it than show where something is. */
  readonly mayAct: boolean;
}

type Policies = readonly MaskingPolicy[];
type Said = Pick<MessageEvent<unknown>, 'source' | 'origin' | 'data' | 'ports'>;

export class FrameInvitations {
  readonly #deps: FrameInvitationsDeps;
  /** One channel at a time: the newest that came while one was being answered, since those before it may be closed. */
  #invited: { readonly origin: string; readonly port: MessagePort; readonly policies: Policies } | undefined;
  #isShown = false;

  constructor(deps: FrameInvitationsDeps) {
    this.#deps = deps;
  }

  /** Tells the pages that this one names that it is here: an invitation may have come before there was anybody to take it. */
  announce(): void {
    const { top, parents } = this.#deps;
    if (this.#isShown || this.#invited !== undefined) return;
    for (const parent of parents) {
      // The browser delivers it to a page of that origin only; what is no origin could never be believed either.
      if (parseAddress(parent)?.origin === parent) top?.postMessage({ [JOIN_HERE]: true }, parent);
    }
  }

  take({ source, origin, data, ports }: Said): void {
    const { top, parents } = this.#deps;
    const [port] = ports;
    if (source === null || source !== top || !parents.includes(origin) || port === undefined) return;
    const policies = policiesIn(data);
    const answering = this.#invited;
    if (policies === undefined || this.#isShown || (answering && answering.origin !== origin)) return;
    this.#invited = { origin, port, policies };
    if (answering !== undefined) return;
    this.#answer(origin).catch(() => {
      // The service or a file did not come: the frame stays covered, and the next invitation tries again.
      this.#invited = undefined;
    });
  }

  async #answer(origin: string): Promise<void> {
    const { service, site, fetch, guest, moving, control, mayAct } = this.#deps;
    // Answered only if the origin of this page is listed as well: the service goes by what the browser says of it.
    const address = `${service}/v1/sites/${encodeURIComponent(site)}/config`;
    const answer = await fetch(address, requestPrivacy);
    if (!answer.ok) throw new Error('This page is not listed.');
    const config = (await answer.json()) as SiteConfig;
    if (!config.origins.includes(origin)) throw new Error('The page around this one is not listed.');
    const part = await guest();
    const invited = this.#invited;
    if (invited === undefined) return;
    this.#invited = undefined;
    this.#isShown = true;
    part.startFrameGuest({
      port: invited.port,
      policies: [config.masking, ...invited.policies],
      ...{ moving, control, mayAct },
      onEnd: () => {
        this.#isShown = false;
      },
    });
  }
}

/** The rules of the page around; an invitation without any is none. */
function policiesIn(data: unknown): readonly MaskingPolicy[] | undefined {
  const opened = (data as Partial<JoinInvitation> | null)?.[JOIN_OPEN];
  return Array.isArray(opened?.policies) ? opened.policies : undefined;
}
