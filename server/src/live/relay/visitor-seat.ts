/** The visitor's admitted connection; a newer one of the same visitor takes its place. */

import { FrameCheck } from './frame-check.js';
import type { FrameLine } from './frame-line.js';
import type { FrameSeat } from './ports.js';

export class VisitorSeat {
  readonly who: FrameSeat;
  readonly line: FrameLine;
  readonly check: FrameCheck;

  constructor(who: FrameSeat, line: FrameLine, nowMs: number) {
    this.who = who;
    this.line = line;
    this.check = new FrameCheck({ side: 'visitor', slot: 0 }, nowMs);
  }
}
