/**
 * Shows this page as part of the page that it is framed in. It is masked here, by this page's rules and by those of
 * the page around it; nothing else of it ever goes over the port. What agents do in it is judged here as well.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import type { ControlPart } from '../cobrowse/control/control-part.js';
import type { FromFrame, ToFrame } from '../cobrowse/joined/join-words.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { ActsInFrame } from './acts-in-frame.js';
import { showOverPort } from './show-over-port.js';

export interface FrameGuestDeps {
  /** One end of the channel that the page around this one has sent to it. */
  readonly port: MessagePort;
  readonly policies: readonly MaskingPolicy[];
  readonly moving: () => Promise<MovingPart>;
  readonly control: () => Promise<ControlPart>;
  /** Whether agents may do more here than show where something is. */
  readonly mayAct: boolean;
  /** Nobody watches any more, and everything is taken out of the page. */
  onEnd(): void;
}

/** Loaded by the frame's own script, over the part that shows a page. */
export interface GuestPart {
  startFrameGuest(deps: FrameGuestDeps): void;
}

export function startFrameGuest(deps: FrameGuestDeps): void {
  const { port, policies, moving, control, mayAct, onEnd } = deps;
  const ends = new AbortController();
  const say = (said: FromFrame): void => port.postMessage(said);
  say({ kind: 'joined' });
  const acting = new ActsInFrame({ control, mayAct, say });
  const shown = showOverPort(port, { policy: policies, excluded: [], moving, acting });
  const stop = (): void => {
    ends.abort();
    shown.stop();
    port.close();
    onEnd();
  };
  const away = (): void => {
    say({ kind: 'left' });
    stop();
  };
  // The page around hears no key while the visitor is in this one.
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && event.isTrusted) say({ kind: 'doubt' });
  };
  addEventListener('pagehide', away, { signal: ends.signal });
  addEventListener('keydown', key, { capture: true, signal: ends.signal });
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    if (data.ask === 'stop') stop();
    else if (data.ask === 'again' || data.ask === 'assets') shown.ask(data);
    else acting.take(data, shown);
  };
}
