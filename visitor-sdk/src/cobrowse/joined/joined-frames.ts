/**
 * Lets frames of the customer's other origins show themselves as part of the page. A frame is invited by a message
 * that the browser delivers to a listed origin alone, with one end of a channel; it masks what it shows by itself.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import type { PageAsset } from '../assets/page-assets.js';
import type { MaskedEvent } from '../masking/masked-event.js';
import { parseAddress } from '../page-address.js';
import { FrameNumbers, NumberRange } from './frame-numbers.js';
import type { JoinInvitation } from './join-words.js';
import { JOIN_HERE, JOIN_OPEN } from './join-words.js';
import type { FrameDoor, Joined } from './joined.js';
import { JoinedFrame } from './joined-frame.js';

export interface JoinedFramesDeps {
  readonly window: Window & typeof globalThis;
  /** Origins of the site, as the service lists them. */
  readonly origins: readonly string[];
  policies(): readonly MaskingPolicy[];
  nodeOf(id: number): Node | undefined;
  /** Whether no rule of the page covers the frame's element. */
  mayShow(id: number): boolean;
  onEvents(events: readonly MaskedEvent[]): void;
  /** The frame's element is covered no longer, or again. */
  onShown(id: number): void;
  onAsset(asset: PageAsset): void;
  /** The visitor takes back in a frame what they have lent. */
  onDoubt(): void;
  now(): number;
}

/** A page in the frame may come somewhat later than the frame; a script that comes even later says so itself. */
const INVITE_MS = 500;
const MOST_INVITATIONS = 20;
/** A page in the frame that says again and again that it is there is not answered for ever. */
const MOST_ANNOUNCEMENTS = 20;
/** A page with more of them is no page that people look at. */
const MOST_FRAMES = 16;

/** One frame's element, and what has become of it. */
interface Guest {
  readonly element: HTMLIFrameElement;
  readonly listening: AbortController;
  ports: MessagePort[];
  timer: number | undefined;
  frame: JoinedFrame | undefined;
  announcements: number;
}

export class JoinedFrames implements Joined {
  readonly #deps: JoinedFramesDeps;
  readonly #numbers = { nodes: new NumberRange(), sheets: new NumberRange() };
  readonly #guests = new Map<number, Guest>();

  constructor(deps: JoinedFramesDeps) {
    this.#deps = deps;
  }

  note(id: number): void {
    const element = this.#deps.nodeOf(id);
    const known = this.#guests.get(id);
    if (known !== undefined && known.element === element) return;
    if (known !== undefined) this.#drop(id, known);
    if (this.#guests.size >= MOST_FRAMES) this.#dropGone();
    if (this.#guests.size >= MOST_FRAMES || !isFrame(element) || !this.#deps.mayShow(id)) return;
    const listening = new AbortController();
    const { signal } = listening;
    const guest: Guest = {
      ...{ element, listening, ports: [], timer: undefined },
      ...{ frame: undefined, announcements: 0 },
    };
    this.#guests.set(id, guest);
    // Another page in the frame knows nothing of the one that had joined.
    element.addEventListener('load', () => this.#beginAnew(id, guest), { signal });
    this.#deps.window.addEventListener('message', (event) => this.#hear(id, guest, event), { signal });
    this.#invite(id, guest, 0);
  }

  isShown(id: number): boolean {
    return this.#guests.get(id)?.frame?.isShown === true;
  }

  again(): void {
    for (const [id, guest] of this.#guests) {
      if (guest.element.isConnected && this.#deps.mayShow(id)) guest.frame?.again();
      else this.#drop(id, guest);
    }
  }

  want(hashes: readonly string[]): number {
    const frames = [...this.#guests.values()]
      .map(({ frame }) => frame)
      .filter((frame) => frame !== undefined);
    for (const frame of frames) frame.want(hashes);
    return frames.length;
  }

  doorOf(id: number): FrameDoor | undefined {
    const guests = [...this.#guests.values()];
    return guests.find(({ frame }) => frame?.ownNumber(id) !== undefined)?.frame;
  }

  stop(): void {
    for (const [id, guest] of this.#guests) this.#drop(id, guest);
  }

  #hear(id: number, guest: Guest, { source, origin, data }: MessageEvent<unknown>): void {
    const isHere = (data as { readonly [JOIN_HERE]?: unknown } | null)?.[JOIN_HERE] === true;
    if (!isHere || source === null || source !== guest.element.contentWindow) return;
    const { origins, mayShow } = this.#deps;
    if (guest.frame !== undefined || !origins.includes(origin) || !mayShow(id)) return;
    guest.announcements += 1;
    if (guest.announcements > MOST_ANNOUNCEMENTS) return;
    // It may be answering one that has met what it said on the way: those before it stay open.
    this.#deps.window.clearTimeout(guest.timer);
    this.#invite(id, guest, 0);
  }

  #invite(id: number, guest: Guest, invited: number): void {
    const { window } = this.#deps;
    if (invited >= MOST_INVITATIONS || !guest.element.isConnected) return;
    for (const origin of this.#originsOf(guest.element)) this.#send(id, guest, origin);
    guest.timer = window.setTimeout(() => this.#invite(id, guest, invited + 1), INVITE_MS);
  }

  #send(id: number, guest: Guest, origin: string): void {
    const { window, policies } = this.#deps;
    const { port1, port2 } = new window.MessageChannel();
    guest.ports.push(port1);
    port1.onmessage = (event: MessageEvent<unknown>) => {
      if ((event.data as { readonly kind?: unknown } | null)?.kind === 'joined') this.#join(id, guest, port1);
    };
    const invitation: JoinInvitation = { [JOIN_OPEN]: { policies: policies() } };
    // The browser delivers it to a page of that origin, and throws the port away where there is another one.
    guest.element.contentWindow?.postMessage(invitation, origin, [port2]);
  }

  /** Where it may lead is asked first: a frame of somebody else is not told that this page is being shown. */
  #originsOf(element: HTMLIFrameElement): readonly string[] {
    const { origins, window } = this.#deps;
    const own = window.location.origin;
    const others = origins.filter((origin) => origin !== own);
    const written = element.getAttribute('src') ?? '';
    const address = parseAddress(written, element.baseURI)?.origin;
    if (written !== '' && address !== undefined && address !== own && address !== 'null')
      return others.filter((origin) => origin === address);
    return others;
  }

  #join(id: number, guest: Guest, port: MessagePort): void {
    if (this.#guests.get(id) !== guest || guest.frame !== undefined) return;
    this.#forgetInvitations(guest, port);
    const { onAsset, onDoubt, now } = this.#deps;
    const numbers = {
      nodes: new FrameNumbers(this.#numbers.nodes),
      sheets: new FrameNumbers(this.#numbers.sheets),
    };
    guest.frame = new JoinedFrame({
      ...{ element: guest.element, port },
      place: { ...numbers, frameId: id, now },
      onShown: () => this.#deps.onShown(id),
      onEvents: (events) => this.#show(id, guest, events),
      onAsset,
      onDoubt,
      onLeft: () => {
        guest.frame = undefined;
      },
    });
  }

  /** A rule that has come to cover the frame meanwhile takes it back at once. */
  #show(id: number, guest: Guest, events: readonly MaskedEvent[]): void {
    const isCovered = this.#guests.get(id) === guest && !this.#deps.mayShow(id);
    if (isCovered) this.#drop(id, guest);
    else this.#deps.onEvents(events);
  }

  #beginAnew(id: number, guest: Guest): void {
    this.#forgetInvitations(guest);
    guest.frame?.leave();
    guest.frame = undefined;
    guest.announcements = 0;
    this.#invite(id, guest, 0);
  }

  #forgetInvitations(guest: Guest, kept?: MessagePort): void {
    this.#deps.window.clearTimeout(guest.timer);
    for (const port of guest.ports) if (port !== kept) port.close();
    guest.ports = [];
  }

  /** Frames that have left the page make room for others. */
  #dropGone(): void {
    for (const [id, guest] of this.#guests) if (!guest.element.isConnected) this.#drop(id, guest);
  }

  #drop(id: number, guest: Guest): void {
    guest.listening.abort();
    this.#forgetInvitations(guest);
    this.#guests.delete(id);
    guest.frame?.leave();
  }
}

/** A frame in a frame is of another realm, so that its class says nothing. */
function isFrame(node: Node | undefined): node is HTMLIFrameElement {
  return node?.nodeName === 'IFRAME' && 'contentWindow' in node;
}
