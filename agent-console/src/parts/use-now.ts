/** The time, again every second: for waiting times, leases and calls. */

import { useEffect, useState } from 'react';

export function useNow(clock: { now(): number }, everyMs = 1000): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  // A render in between shows the time of that render, so that what has just begun does not start below zero.
  return Math.max(now, clock.now());
}
