/** Whether the console's own line to the desk is lost, and not just for a blink, which is nobody's business. */

import { useEffect, useState } from 'react';
import { useApp } from './app-context.js';
import { useStore } from './store.js';

const PATIENCE_MS = 1200;

export function useLinkLost(): boolean {
  const { desk } = useApp();
  const { state } = useStore(desk.live.state);
  return useLasting(state === 'lost' || state === 'connecting', PATIENCE_MS);
}

function useLasting(is: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return is && lasts;
}
