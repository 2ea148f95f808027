/** What is drawn on the page, over the replay: each mark where its element is in the agent's copy, frame by frame. */

import { useEffect, useRef, useState } from 'react';
import { useStore } from '../../app/store.js';
import type { OtherPointer, OtherPointers } from '../control/other-pointers.js';
import type { PageMark, PageMarks } from '../control/page-marks.js';
import type { ElementBox } from './replay-messages.js';
import type { ReplayPort } from './replay-port.js';

type Boxes = ReadonlyMap<number, ElementBox>;
type Drawn = PageMark['mark'];
type Point = readonly [number, number];

const HEAD_PX = 16;

export interface DrawnMarksProps {
  readonly marks: PageMarks;
  readonly pointers: OtherPointers;
  readonly replay: ReplayPort;
  readonly scale: number;
}

export function DrawnMarks({ marks, pointers, replay, scale }: DrawnMarksProps) {
  const drawn = useStore(marks.marks);
  const pointing = useStore(pointers.pointers);
  const anchors = [...drawn.map(({ mark }) => mark.anchor), ...pointing.map(({ at }) => at.id)];
  const boxes = useBoxes(replay, [...new Set(anchors)], (anchor) => marks.gone(anchor));
  if (drawn.length === 0 && pointing.length === 0) return undefined;
  return (
    <svg className="drawn" aria-hidden="true" focusable="false" data-testid="drawn-marks">
      {drawn.map((each, place) => {
        const box = boxes.get(each.mark.anchor);
        if (box === undefined) return undefined;
        return (
          <g key={place} data-mark={each.mark.mark} data-drawer={each.drawer}>
            <path className="drawn-edge" d={pathOf(each.mark, box, scale)} />
            <path stroke={each.colour} d={pathOf(each.mark, box, scale)} />
            <Words mark={each} box={box} scale={scale} />
          </g>
        );
      })}
      {pointing.map((each) => {
        const box = boxes.get(each.at.id);
        return box === undefined ? undefined : <Hand key={each.slot} hand={each} box={box} scale={scale} />;
      })}
    </svg>
  );
}

/** Where another agent points, with their name, in the colour that the visitor sees as well. */
function Hand({
  hand: { at, colour, name },
  box,
  scale,
}: {
  readonly hand: OtherPointer;
  readonly box: ElementBox;
  readonly scale: number;
}) {
  const x = (box.left + at.fx * box.width) * scale;
  const y = (box.top + at.fy * box.height) * scale;
  return (
    <g transform={`translate(${x} ${y})`} data-testid="other-pointer">
      <path className="drawn-hand" style={{ fill: colour }} d="M0 0L0 17L5 13L8 20L11 19L8 12L14 12Z" />
      <text className="drawn-words" fill={colour} x={16} y={22}>
        {name}
      </text>
    </g>
  );
}

function Words({
  mark: { mark, name, colour },
  box,
  scale,
}: {
  readonly mark: PageMark;
  readonly box: ElementBox;
  readonly scale: number;
}) {
  const said = mark.mark === 'highlight' ? (mark.message ?? '') : '';
  const text = [name, said].filter((each) => each !== '').join(': ');
  if (mark.mark !== 'highlight' || text === '') return undefined;
  return (
    <text className="drawn-words" fill={colour} x={box.left * scale} y={(box.top + box.height) * scale + 20}>
      {text}
    </text>
  );
}

/** Of a page that is shown anew, what stands in frames comes after the rest. */
const GONE_MS = 2000;

/** Asked for in every frame while there is something: the page may scroll, and the replay lays it out itself. */
function useBoxes(replay: ReplayPort, ids: readonly number[], onGone: (id: number) => void): Boxes {
  /** Since when each that was seen is missing; what never was may only be on its way. */
  const missing = useRef(new Map<number, 'there' | number>());
  const [boxes, setBoxes] = useState<Boxes>(new Map());
  const wanted = ids.join(' ');
  useEffect(() => {
    if (wanted === '') missing.current.clear();
    if (wanted === '') return;
    const anchors = wanted.split(' ').map(Number);
    let frame = 0;
    let ended = false;
    const follow = async (): Promise<void> => {
      const found = await replay.boxes(anchors);
      if (ended) return;
      if (found !== undefined) {
        for (const id of anchors) {
          const since = missing.current.get(id);
          if (found.has(id)) missing.current.set(id, 'there');
          else if (since === 'there') missing.current.set(id, performance.now());
          else if (since !== undefined && performance.now() - since > GONE_MS) {
            missing.current.delete(id);
            onGone(id);
          }
        }
        setBoxes((before) => (isSame(before, found) ? before : found));
      }
      frame = requestAnimationFrame(() => void follow());
    };
    void follow();
    return () => {
      ended = true;
      cancelAnimationFrame(frame);
    };
  }, [replay, wanted]);
  return boxes;
}

function isSame(a: Boxes, b: Boxes): boolean {
  if (a.size !== b.size) return false;
  return [...b].every(([id, box]) => {
    const other = a.get(id);
    const names = ['left', 'top', 'width', 'height'] as const;
    return other !== undefined && names.every((name) => other[name] === box[name]);
  });
}

function pathOf(mark: Drawn, box: ElementBox, scale: number): string {
  const spot = ([fx, fy]: Point) =>
    ({ x: (box.left + fx * box.width) * scale, y: (box.top + fy * box.height) * scale }) as const;
  if ('points' in mark) return linePath(mark.points.map(spot));
  if (mark.mark === 'highlight') return framePath(spot([0, 0]), spot([1, 1]), 4);
  const [from, to] = [spot(mark.from), spot(mark.to)];
  return mark.mark === 'rectangle' ? framePath(from, to, 0) : arrowPath(from, to);
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

function linePath(spots: readonly Spot[]): string {
  const [first] = spots;
  if (first === undefined) return '';
  const dot = spots.length === 1 ? ` L${first.x + 0.1} ${first.y}` : '';
  return `M${spots.map(({ x, y }) => `${x} ${y}`).join(' L')}${dot}`;
}

function framePath(a: Spot, b: Spot, gap: number): string {
  const [left, right] = [Math.min(a.x, b.x) - gap, Math.max(a.x, b.x) + gap];
  const [top, bottom] = [Math.min(a.y, b.y) - gap, Math.max(a.y, b.y) + gap];
  return `M${left} ${top}H${right}V${bottom}H${left}Z`;
}

function arrowPath(from: Spot, to: Spot): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const heads = [2.6, -2.6].map(
    (turn) =>
      `M${to.x} ${to.y}L${to.x + HEAD_PX * Math.cos(angle + turn)} ${to.y + HEAD_PX * Math.sin(angle + turn)}`,
  );
  return `M${from.x} ${from.y}L${to.x} ${to.y}${heads.join('')}`;
}
