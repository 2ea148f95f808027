/** Lies over the shown page and takes the agent's pointer; the page itself is never touched. */

import type { PointerEvent, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { announce } from '../../parts/announcer.js';
import { lentIn } from '../control/lease.js';
import { outcomeText } from '../control/outcome-text.js';
import type { Identified, PagePointer, Point } from '../control/page-pointer.js';
import type { Tool } from '../control/tool.js';
import { TypeBox } from '../control/type-box.js';
import type { EngagementRoom } from '../engagement-room.js';
import { DrawnLines } from './drawn-lines.js';
import type { IntentOutcome } from './intent-answers.js';

export interface PageOverlayProps {
  readonly room: EngagementRoom;
  readonly pointer: PagePointer;
  readonly tool: Tool;
  readonly scale: number;
  /** False while what is shown is not the page as it is: an act on it would be refused. */
  readonly enabled: boolean;
}

export function PageOverlay({ room, pointer, tool, scale, enabled }: PageOverlayProps) {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const overlay = useRef<HTMLDivElement>(null);
  const { control } = useStore(room.view);
  const [typing, setTyping] = useState<Identified>();
  const [said, setSaid] = useState<string>();
  const [line, setLine] = useState<readonly Point[]>([]);
  const lent = () => lentIn(room, desk);
  const active: Tool = tool === 'control' && !lent().acts ? 'point' : tool;
  const at = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = overlay.current?.getBoundingClientRect();
    return { x: (event.clientX - (box?.left ?? 0)) / scale, y: (event.clientY - (box?.top ?? 0)) / scale };
  };
  const tell = (outcome: IntentOutcome): void => {
    const text = outcome.outcome === 'done' ? undefined : outcomeText(outcome, messages);
    setSaid(text);
    if (text !== undefined) announce(text);
  };
  const act = async (point: Point): Promise<void> => {
    const held = lent();
    if (!held.acts) return;
    const found = await pointer.identifyAt(point);
    if (found === undefined) return tell({ outcome: 'refused', refusal: 'targetGone' });
    if (found.located.field !== 'none' && held.has('type')) setTyping(found);
    if (held.has('click')) tell(await pointer.click(found));
  };
  useWheel(overlay, (event) => {
    if (active !== 'control' || !enabled || !lent().has('scroll')) return;
    event.preventDefault();
    pointer.scroll(at(event), { dx: event.deltaX, dy: event.deltaY });
  });
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), 5000);
    return () => clearTimeout(timer);
  }, [said]);
  useEffect(() => {
    if (!lentIn(room, desk).has('type')) setTyping(undefined);
  }, [control, room, desk]);
  const move = (event: PointerEvent): void => {
    if (!enabled) return;
    if (active !== 'draw') pointer.point(at(event));
    else if (event.buttons !== 0) {
      pointer.continueStroke(at(event));
      setLine((before) => [...before, at(event)]);
    }
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list of what is on the page does the same by keyboard. */}
      <div
        ref={overlay}
        className={`overlay overlay-${active}`}
        data-testid="page-overlay"
        role="img"
        aria-label={t('player.overlay')}
        onPointerMove={move}
        onPointerLeave={() => pointer.point('away')}
        onPointerDown={(event) => {
          if (!enabled || active !== 'draw') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setLine([at(event)]);
          void pointer.startStroke(at(event));
        }}
        onPointerUp={() => {
          pointer.endStroke();
          setLine([]);
        }}
        onClick={(event) => {
          if (enabled && active === 'control') void act(at(event));
        }}
      >
        <DrawnLines line={line} scale={scale} />
      </div>
      {said === undefined ? undefined : (
        <p className="overlay-said" role="status">
          {said}
        </p>
      )}
      {typing === undefined ? undefined : (
        <TypeBox
          key={typing.target.id}
          field={typing}
          pointer={pointer}
          onClose={() => setTyping(undefined)}
        />
      )}
    </>
  );
}

/** React listens to the wheel passively, and a passive listener cannot keep the console from scrolling. */
function useWheel(overlay: RefObject<HTMLElement | null>, take: (event: WheelEvent) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const element = overlay.current;
    if (element === null) return;
    const listen = (event: WheelEvent): void => latest.current(event);
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [overlay]);
}
