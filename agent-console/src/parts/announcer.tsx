/** Says things to screen readers without moving anything: one polite line that always exists. */

import { Store, useStore } from '../app/store.js';

const said = new Store<{ readonly text: string; readonly turn: number }>({ text: '', turn: 0 });

export function announce(text: string): void {
  said.update(({ turn }) => ({ text, turn: turn + 1 }));
}

/** A different node for each turn, so that the same words are said again. */
export function Announcer() {
  const { text, turn } = useStore(said);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      <span key={turn}>{text}</span>
    </div>
  );
}
