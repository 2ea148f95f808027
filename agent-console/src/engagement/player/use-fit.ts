/** How much smaller the visitor's viewport has to be shown to fit; it is never shown larger than it is. */

import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

export function useFit(
  stage: RefObject<HTMLElement | null>,
  size: { readonly width: number; readonly height: number },
): number {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setRoom({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage]);
  return fitScale(room, size);
}

export function fitScale(
  room: { readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number },
): number {
  if (room.width <= 0 || room.height <= 0) return 1;
  return Math.min(1, room.width / size.width, room.height / size.height);
}
