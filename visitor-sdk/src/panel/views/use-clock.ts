/** Renders a view again once a second, for times that run. */

import { useEffect, useState } from 'preact/hooks';

export function useClock(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
