/** Lets a question's answers count only when a person pressed what they could really see. */

import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ConsentArming } from '../consent/consent-arming.js';
import { isOnTop, watchClarity } from '../consent/watch-clarity.js';
import { usePanel } from './panel-context.js';

/** After this long without a clear view the visitor is told why nothing happens. */
const HINT_MS = 2_000;

export interface ArmedAnswers {
  /** True for a press that counts. */
  readonly counts: (event: Event) => boolean;
  readonly armed: boolean;
  readonly covered: boolean;
}

/** `question` names what is asked: another question begins anew. */
export function useConsentArming(area: RefObject<HTMLElement | null>, question: string): ArmedAnswers {
  const { shadow } = usePanel().deps;
  const arming = useRef<ConsentArming | undefined>(undefined);
  const [armed, setArmed] = useState(false);
  const [covered, setCovered] = useState(false);
  useEffect(() => {
    const buttons = [...(area.current?.querySelectorAll('button[data-yes]') ?? [])];
    const current = new ConsentArming(buttons);
    arming.current = current;
    const begun = performance.now();
    const stop = watchClarity(shadow, buttons, ({ element, clear }) => {
      const now = performance.now();
      current.see(element, clear, now);
      setArmed(current.isArmed(now));
      setCovered(current.covered && now - begun > HINT_MS);
    });
    const restart = (): void => current.restart(performance.now());
    document.addEventListener('visibilitychange', restart);
    addEventListener('resize', restart);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', restart);
      removeEventListener('resize', restart);
    };
  }, [question]);
  const counts = (event: Event): boolean => {
    const pressed = event.currentTarget;
    if (!event.isTrusted || !(pressed instanceof Element)) return false;
    return arming.current?.isArmed(performance.now()) === true && isOnTop(shadow, pressed);
  };
  return { counts, armed, covered };
}
