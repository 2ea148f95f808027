/** Lies over the shown page and takes the agent's pointer; the page itself is never touched. */

import type { IntentKey } from '@alongside/protocol';
import { intentKeys } from '@alongside/protocol';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { announce } from '../../parts/announcer.js';
import { lentIn } from '../control/lease.js';
import { outcomeText } from '../control/outcome-text.js';
import type { Identified, PagePointer, Point } from '../control/page-pointer.js';
import type { Tool } from '../control/tool.js';
import { isMarking, kindOfTool } from '../control/tool.js';
import { TypeBox } from '../control/type-box.js';
import type { EngagementRoom } from '../engagement-room.js';
import type { IntentOutcome } from './intent-answers.js';

/** A hand that moves less than this has clicked. */
const DRAG_PX = 6;

export interface PageOverlayProps {
  readonly room: EngagementRoom;
  readonly pointer: PagePointer;
  readonly tool: Tool;
  /** What is said with a highlight. */
  readonly message: string;
  readonly scale: number;
  /** False while what is shown is not the page as it is: an act on it would be refused. */
  readonly enabled: boolean;
}

export function PageOverlay({ room, pointer, tool, message, scale, enabled }: PageOverlayProps) {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const overlay = useRef<HTMLDivElement>(null);
  const { control } = useStore(room.view);
  const [typing, setTyping] = useState<Identified>();
  const [said, setSaid] = useState<string>();
  const pressed = useRef<Point>(undefined);
  const lent = () => lentIn(room, desk);
  const mayUse = tool === 'control' ? lent().acts : lent().for(kindOfTool[tool]) !== undefined;
  const active: Tool = mayUse ? tool : 'point';
  const at = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = overlay.current?.getBoundingClientRect();
    return { x: (event.clientX - (box?.left ?? 0)) / scale, y: (event.clientY - (box?.top ?? 0)) / scale };
  };
  const tell = (outcome: IntentOutcome): void => {
    const text = outcome.outcome === 'done' ? undefined : outcomeText(outcome, messages);
    setSaid(text);
    if (text !== undefined) announce(text);
  };
  const act = async (from: Point, to: Point): Promise<void> => {
    const held = lent();
    if (!held.acts) return;
    const found = await pointer.identifyAt(from);
    if (found === undefined) return tell({ outcome: 'refused', refusal: 'targetGone' });
    const isDrag = Math.hypot(to.x - from.x, to.y - from.y) > DRAG_PX;
    if (found.located.field !== 'none' && held.has('type') && !isDrag) setTyping(found);
    if (held.has('click')) tell(await pointer.click(found, isDrag ? to : undefined));
  };
  const press = async (event: KeyboardEvent): Promise<void> => {
    const key = keyOf(event);
    if (key === undefined || active !== 'control' || !enabled || !lent().has('type')) return;
    event.preventDefault();
    const outcome = await pointer.key(key);
    if (outcome !== undefined) tell(outcome);
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
    if (isMarking(active) && active !== 'highlight' && event.buttons !== 0) pointer.continueStroke(at(event));
    else pointer.point(at(event));
  };
  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (!enabled) return;
    pressed.current = at(event);
    event.currentTarget.focus({ preventScroll: true });
    if (active === 'highlight') void pointer.highlight(at(event), message).then(tell);
    else if (isMarking(active)) {
      event.currentTarget.setPointerCapture(event.pointerId);
      void pointer.startStroke(at(event), active);
    }
  };
  return (
    <>
      <div
        ref={overlay}
        className={`overlay overlay-${active}`}
        data-testid="page-overlay"
        role="img"
        aria-label={t('player.overlay')}
        onPointerMove={move}
        onPointerLeave={() => pointer.point('away')}
        // What a key does is done on what was pressed before; the list of what is on the page needs none of it.
        tabIndex={-1}
        onKeyDown={(event) => void press(event)}
        onPointerDown={begin}
        onPointerUp={() => pointer.endStroke()}
        onClick={(event) => {
          if (enabled && active === 'control') void act(pressed.current ?? at(event), at(event));
        }}
      />
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

/** Those that move, choose and correct. Escape stays with the console, so that nobody is caught in the page. */
function keyOf({ key, shiftKey }: KeyboardEvent): IntentKey | undefined {
  if (key === 'Escape') return undefined;
  const name = key === ' ' ? 'Space' : key === 'Tab' && shiftKey ? 'Shift+Tab' : key;
  return intentKeys.find((each) => each === name);
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
