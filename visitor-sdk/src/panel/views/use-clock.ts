/** Renders a view again once a second, for times that run. */

import { useEffect, useState } from 'preact/hooks';

export function useClock(): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  // The moment of rendering: what is rendered in between is no second behind.
  return Date.now();
}
