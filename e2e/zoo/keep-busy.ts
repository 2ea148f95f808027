/** Makes a page that never rests, and counts the frames that it comes to draw: runs in the page. */

export interface Busy {
  frames: number;
  changes: number;
}
export type BusyWindow = Window & typeof globalThis & { busy: Busy; rest(): void };

export interface BusyOptions {
  readonly perSecond: number;
  readonly rows: number;
}

/** Stands for itself: it is sent into the page. Texts, styles and nodes change in turn. */
export function keepBusy({ perSecond, rows: count }: BusyOptions): void {
  const scope = window as unknown as BusyWindow;
  const place = document.createElement('section');
  place.style.cssText = 'contain: strict; height: 300px';
  document.body.append(place);
  for (let index = 0; index < count; index += 1) {
    const row = document.createElement('p');
    row.append(`row ${index}`, document.createElement('i'));
    place.append(row);
  }
  const busy = { frames: 0, changes: 0 };
  scope.busy = busy;
  const rows = [...place.children] as HTMLElement[];
  const change = (): void => {
    busy.changes += 1;
    const row = rows[busy.changes % rows.length];
    if (row === undefined) return;
    const kind = busy.changes % 3;
    if (kind === 0) row.style.paddingLeft = `${busy.changes % 40}px`;
    else if (kind === 1) (row.firstChild as Text).data = `change ${busy.changes}`;
    else row.lastElementChild?.replaceWith(document.createElement('i'));
  };
  const begin = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - begin) / 1000) * perSecond;
    while (busy.changes < due) change();
  }, 2);
  let isResting = false;
  const frame = (): void => {
    busy.frames += 1;
    if (!isResting) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  scope.rest = () => {
    isResting = true;
    clearInterval(timer);
  };
}
