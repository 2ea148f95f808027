/**
 * Shows this page as part of the page that it is framed in. It is masked here, by this page's rules and by those of
 * the page around it; nothing else of it ever goes over the port.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import type { FromFrame, ToFrame } from '../cobrowse/joined/join-words.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { showOverPort } from './show-over-port.js';

export interface FrameGuestDeps {
  /** One end of the channel that the page around this one has sent to it. */
  readonly port: MessagePort;
  readonly policies: readonly MaskingPolicy[];
  readonly moving: () => Promise<MovingPart>;
  /** Nobody watches any more, and everything is taken out of the page. */
  onEnd(): void;
}

export function startFrameGuest({ port, policies, moving, onEnd }: FrameGuestDeps): void {
  const say = (said: FromFrame): void => port.postMessage(said);
  say({ kind: 'joined' });
  const shown = showOverPort(port, { policy: policies, excluded: [], moving });
  const away = (): void => {
    say({ kind: 'left' });
    stop();
  };
  const stop = (): void => {
    removeEventListener('pagehide', away);
    shown.stop();
    port.close();
    onEnd();
  };
  addEventListener('pagehide', away);
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    if (data.ask === 'stop') stop();
    else shown.ask(data);
  };
}
