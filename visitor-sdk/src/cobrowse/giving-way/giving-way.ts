/**
 * The recorder gives way to the page: it measures what its own work costs, and while that is too much, changes are
 * held back and read together. The page goes first; the view is later, and never other than the page was.
 */

import type { EventBatch } from '../event-batch.js';
import { eventType, source } from '../masking/masked-event.js';
import { asRecord } from '../masking/raw-record.js';
import { FrameWatch } from './frame-watch.js';
import { HeldChanges } from './held-changes.js';
import { Pace } from './pace.js';
import type { PaceStep } from './pace-limits.js';

export interface GivingWayDeps {
  readonly window: Window & typeof globalThis;
  readonly batch: EventBatch;
  /** Changes are gathered from now on and not read. */
  hold(): void;
  letGo(): void;
  onHeld(holdMs: number): void;
}

export class GivingWay {
  readonly #deps: GivingWayDeps;
  readonly #now: () => number;
  readonly #pace: Pace;
  readonly #held: HeldChanges;
  readonly #frames: FrameWatch;
  #isTiming = false;
  #isOn = false;

  constructor(deps: GivingWayDeps) {
    const { window, batch } = deps;
    this.#deps = deps;
    this.#now = window.performance.now.bind(window.performance);
    const now = this.#now;
    this.#pace = new Pace({
      now,
      // Not now: the recorder may be in the midst of a change.
      onStep: () => window.queueMicrotask(() => this.#follow()),
    });
    this.#held = new HeldChanges({
      window,
      hold: () => {
        batch.held = true;
        deps.hold();
      },
      letGo: () => deps.letGo(),
      release: () => this.#release(),
    });
    const frame = window.requestAnimationFrame.bind(window);
    this.#frames = new FrameWatch({ now, frame, onFrame: (delayMs) => this.#pace.framed(delayMs) });
  }

  get step(): PaceStep {
    return this.#pace.step;
  }

  start(): void {
    this.#isOn = true;
    this.#follow();
  }

  stop(): void {
    this.#isOn = false;
    this.#held.stop();
    this.#deps.batch.held = false;
  }

  /** What is held back is read and sent at once. */
  flush(): void {
    this.#held.flush();
  }

  /** The page has just changed, so that a frame comes anyway. */
  changing(): void {
    // What was told of the change is sent first.
    this.#deps.window.queueMicrotask(() => this.#frames.noticed(this.#isVisible));
  }

  /** An event has come. */
  noticed({ type, data }: { readonly type: number; readonly data?: unknown }): void {
    const isChange = type === eventType.incremental && asRecord(data)?.source === source.mutation;
    // What waits to be sent with the page as it was is let go of by whatever tells of something else.
    if (!isChange) this.#held.again();
    // What was told just now is sent first. The timers of a hidden page come when they like.
    if (this.#isVisible && !this.#deps.batch.held) this.#deps.window.queueMicrotask(() => this.#rest());
  }

  /** Runs something of ours and counts how long the page had to wait for it. */
  timed(run: () => void): void {
    if (this.#isTiming) {
      run();
      return;
    }
    this.#isTiming = true;
    const beganAtMs = this.#now();
    try {
      run();
    } finally {
      this.#isTiming = false;
      this.#pace.worked(this.#now() - beganAtMs);
    }
  }

  /** Runs what is done once, for somebody who joins: it says nothing of what follows. */
  uncounted(run: () => void): void {
    const wasTiming = this.#isTiming;
    this.#isTiming = true;
    try {
      run();
    } finally {
      this.#isTiming = wasTiming;
    }
  }

  get #isVisible(): boolean {
    return this.#deps.window.document.visibilityState === 'visible';
  }

  #follow(): void {
    if (!this.#isOn) return;
    const { holdMs } = this.#pace.step;
    const { batch } = this.#deps;
    const wasHeldMs = this.#held.holdMs;
    batch.keepsLastPlaces = holdMs > 0;
    this.#held.use(holdMs);
    if (holdMs !== wasHeldMs) this.#deps.onHeld(holdMs);
  }

  #release(): boolean {
    const { batch } = this.#deps;
    let isAny = false;
    this.timed(() => {
      this.#deps.letGo();
      isAny = batch.flush();
    });
    batch.held = false;
    return isAny;
  }

  #rest(): void {
    if (this.#isOn && !this.#deps.batch.held) this.#held.rest();
  }
}
