/**
 * Shows this page over a port instead of the sealed stream: to the console that previews it, or to the page of the
 * same customer that it is framed in. Recorder and masking are as they always are.
 */

import type { MaskingPolicy, PreviewAsk, PreviewShown } from '@alongside/protocol';
import type { CobrowseSender } from '../cobrowse/cobrowse-controller.js';
import { startCobrowse } from '../cobrowse/cobrowse-controller.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';

export interface PortShowing {
  /** Of several, the strictest counts at each element. */
  readonly policy: MaskingPolicy | readonly MaskingPolicy[];
  /** Our own elements: they are no part of the page. */
  readonly excluded: readonly Element[];
  readonly moving?: () => Promise<MovingPart>;
}

export interface ShownOverPort {
  ask(ask: PreviewAsk): void;
  stop(): void;
}

export function showOverPort(port: MessagePort, showing: PortShowing): ShownOverPort {
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
    ...showing,
    sender,
    leases: { all: () => [] },
    control: () => Promise.reject(new Error('Nobody acts over a port.')),
    now: () => Date.now(),
    hooks: {
      agentName: () => '',
      confirm: async () => false,
      watchers: () => [],
      say: () => undefined,
      onDoubt: () => undefined,
    },
  });
  cobrowse.watch(true);
  cobrowse.takeSnapshot();
  return {
    ask: (ask) => {
      if (ask.ask === 'again') again();
      else cobrowse.want({ slot: 1, hashes: ask.hashes });
    },
    stop: () => cobrowse.stop(),
  };
}
