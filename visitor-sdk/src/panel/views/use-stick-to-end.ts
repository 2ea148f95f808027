/** Keeps the end of the conversation in sight; whoever reads further up is left there until they write. */

import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

const NEAR_PX = 48;

export interface Talked {
  /** Changes with what is shown. */
  readonly content: string;
  /** How many lines of one's own are on their way. */
  readonly own: number;
}

export function useStickToEnd(list: RefObject<HTMLElement | null>, { content, own }: Talked): void {
  const isAtEnd = useRef(true);
  const before = useRef(own);
  const stick = (): void => {
    const element = list.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  };
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const follow = (): void => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    element.addEventListener('scroll', follow, { passive: true });
    // What appears above the lines takes its place from their end.
    const sizes = new ResizeObserver(stick);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', follow);
      sizes.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    if (own > before.current) isAtEnd.current = true;
    before.current = own;
    stick();
  }, [content, own]);
}
