/**
 * Shows this page to the console that opened it, as an agent would see it: recorder and masking as they always are,
 * and in place of the sealed stream a port to that one window. Nothing of it runs in a window that no console has opened.
 */

import type { MaskingPolicy, PreviewAsk } from '@alongside/protocol';
import { PREVIEW_OPEN, PREVIEW_READY } from '@alongside/protocol';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { showOverPort } from './show-over-port.js';

export interface PreviewDeps {
  /** Its origin is the console's, which may see the page, and nobody else. */
  readonly service: string;
  /** Our own host: it is no part of the page. */
  readonly host: HTMLElement;
  readonly moving: () => Promise<MovingPart>;
}

/** Loaded over the part that shows a page, in windows that have the name of a preview. */
export interface PreviewPart {
  /** Shows the page to the officer whose console has opened this window, as an agent would see it. */
  startPreview(deps: PreviewDeps): void;
}

/** Says that it listens until it is answered: the console may be busy. */
const SAY_AGAIN_MS = 500;
const MOST_SAID = 20;

export function startPreview(deps: PreviewDeps): void {
  const { opener } = window;
  const { origin } = new URL(deps.service);
  if (opener === null) return;
  let said = 0;
  const say = (): void => {
    said += 1;
    if (said > MOST_SAID) clearInterval(timer);
    // The browser delivers it to that origin alone, whoever has opened this window.
    else opener.postMessage(PREVIEW_READY, origin);
  };
  const timer = setInterval(say, SAY_AGAIN_MS);
  const answered = (event: MessageEvent<unknown>): void => {
    const isConsole = event.source === opener && event.origin === origin;
    const [port] = event.ports;
    const data = event.data as { readonly [PREVIEW_OPEN]?: MaskingPolicy } | null;
    const policy = isConsole ? data?.[PREVIEW_OPEN] : undefined;
    if (policy === undefined || port === undefined) return;
    clearInterval(timer);
    removeEventListener('message', answered);
    show(port, policy, deps);
  };
  addEventListener('message', answered);
  say();
}

function show(port: MessagePort, policy: MaskingPolicy, { host, moving }: PreviewDeps): void {
  const shown = showOverPort(port, { policy, excluded: [host], moving });
  port.onmessage = ({ data }: MessageEvent<PreviewAsk>) => shown.ask(data);
  // The console is told at once that what it shows is no longer there.
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) port.close();
  });
}
