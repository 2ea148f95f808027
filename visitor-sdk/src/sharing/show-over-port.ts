/**
 * Shows this page over a port instead of the sealed stream: to the console that previews it, or to the page of the
 * same customer that it is framed in. Recorder and masking are as they always are.
 */

import type { MaskingPolicy, PreviewAsk, PreviewShown } from '@alongside/protocol';
import type {
  CobrowseHooks,
  CobrowseOptions,
  CobrowseSender,
  IncomingIntent,
} from '../cobrowse/cobrowse-controller.js';
import { startCobrowse } from '../cobrowse/cobrowse-controller.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';

export interface PortShowing {
  /** Of several, the strictest counts at each element. */
  readonly policy: MaskingPolicy | readonly MaskingPolicy[];
  /** Our own elements: they are no part of the page. */
  readonly excluded: readonly Element[];
  readonly moving?: () => Promise<MovingPart>;
  /** What agents do here; without it they only look. */
  readonly acting?: PortActing;
}

/** Acts that come over the port, and what becomes of them. */
export interface PortActing
  extends Pick<CobrowseOptions, 'control' | 'leases'>,
    Pick<CobrowseHooks, 'agentName' | 'confirm' | 'onDoubt'> {
  answer(slot: number, body: unknown): void;
}

const nobodyActs: PortActing = {
  control: () => Promise.reject(new Error('Nobody acts over this port.')),
  leases: { all: () => [] },
  answer: () => undefined,
  agentName: () => '',
  confirm: async () => false,
  onDoubt: () => undefined,
};

export interface ShownOverPort {
  ask(ask: PreviewAsk): void;
  /** Resolves once it is answered. */
  act(intent: IncomingIntent): Promise<void>;
  leave(slot: number): void;
  forget(slot: number, stroke: number): void;
  stop(): void;
}

export function showOverPort(
  port: MessagePort,
  { acting = nobodyActs, ...showing }: PortShowing,
): ShownOverPort {
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
    // Events go over a port as they are.
    wantsText: false,
    send: (events) => post({ kind: 'events', events: [...events] }),
    snapshot: (events) => {
      post({ kind: 'snapshot', events: [...events] });
      return true;
    },
    resync: again,
    answer: (slot, body) => acting.answer(slot, body),
    sendAsset: (_slot, { hash, contentType, bytes }) =>
      post({
        kind: 'asset',
        hash,
        contentType,
        ...(bytes === undefined ? {} : { bytes: new Uint8Array(bytes) }),
      }),
    // The page around has seen to it that the agent's view is new.
    viewAgeMs: () => 0,
  };
  const cobrowse = startCobrowse({
    window,
    ...showing,
    sender,
    leases: acting.leases,
    control: () => acting.control(),
    now: () => Date.now(),
    hooks: {
      agentName: (slot) => acting.agentName(slot),
      confirm: (request) => acting.confirm(request),
      // The page around tells them, and the visitor.
      watchers: () => [],
      say: () => undefined,
      onDoubt: () => acting.onDoubt(),
    },
  });
  cobrowse.watch(true);
  cobrowse.takeSnapshot();
  return {
    ask: (ask) => {
      if (ask.ask === 'again') again();
      else cobrowse.want({ slot: 1, hashes: ask.hashes });
    },
    act: (intent) => cobrowse.intent(intent),
    leave: (slot) => cobrowse.leave(slot),
    forget: (slot, stroke) => cobrowse.forget(slot, stroke),
    stop: () => cobrowse.stop(),
  };
}
