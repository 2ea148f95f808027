/**
 * Shows this page to the console that opened it, as an agent would see it: recorder and masking as they always are,
 * and in place of the sealed stream a port to that one window. Nothing of it runs in a window that no console has opened.
 */

import type { MaskingPolicy, PreviewAsk, PreviewShown } from '@alongside/protocol';
import { PREVIEW_OPEN, PREVIEW_READY } from '@alongside/protocol';
import type { CobrowseSender } from '../cobrowse/cobrowse-controller.js';
import { startCobrowse } from '../cobrowse/cobrowse-controller.js';

export interface PreviewDeps {
  /** Its origin is the console's, which may see the page, and nobody else. */
  readonly service: string;
  /** Our own host: it is no part of the page. */
  readonly host: HTMLElement;
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
    show(port, policy, deps.host);
  };
  addEventListener('message', answered);
  say();
}

function show(port: MessagePort, policy: MaskingPolicy, host: HTMLElement): void {
  const post = (shown: PreviewShown): void => port.postMessage(shown);
  let asked = false;
  const again = (): void => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      cobrowse.takeSnapshot();
    });
  };
  const sender: CobrowseSender = {
    behind: false,
    send: (events) => post({ kind: 'events', events: [...events] }),
    snapshot: (events) => {
      post({ kind: 'snapshot', events: [...events] });
      return true;
    },
    resync: again,
    answer: () => undefined,
    sendAsset: (_slot, { hash, contentType, bytes }) =>
      post({
        kind: 'asset',
        hash,
        contentType,
        ...(bytes === undefined ? {} : { bytes: new Uint8Array(bytes) }),
      }),
    viewAgeMs: () => undefined,
  };
  const cobrowse = startCobrowse({
    window,
    policy,
    excluded: [host],
    sender,
    leases: { all: () => [] },
    control: () => Promise.reject(new Error('Nobody acts in a preview.')),
    now: () => Date.now(),
    hooks: {
      agentName: () => '',
      confirm: async () => false,
      watchers: () => [],
      say: () => undefined,
      onDoubt: () => undefined,
    },
  });
  port.onmessage = ({ data }: MessageEvent<PreviewAsk>) => {
    if (data.ask === 'again') again();
    else cobrowse.want({ slot: 1, hashes: data.hashes });
  };
  cobrowse.watch(true);
  cobrowse.takeSnapshot();
}
