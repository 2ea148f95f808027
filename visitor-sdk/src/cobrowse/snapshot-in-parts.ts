/**
 * Takes the snapshot of a large page in parts, so that the page never stands still for long: it is read and then
 * masked for some milliseconds at a time. A snapshot shows one moment: when the page changes before it is whole, it is
 * dropped and begun anew, and on a page that does not keep still it is taken at once. Between two parts everybody else
 * goes on as before; what could only be shown along with the snapshot waits for it.
 */

import type { SnapshotMasking, WrittenSnapshot } from './masking/masker.js';
import type { PageReading } from './page-reader.js';

export interface SnapshotInPartsDeps {
  readonly window: Pick<Window & typeof globalThis, 'performance' | 'MessageChannel'>;
  /** Begins to read the page; undefined where it can only be read at once. */
  open(): PageReading | undefined;
  mask(raw: unknown): SnapshotMasking;
  /** Takes the snapshot in one go. */
  atOnce(): void;
  /** Lets what is held back come first. */
  flush(): void;
  /** What holds for the page as a whole, and changes without any event. */
  standing(): string;
  /** The snapshot, in the moment that it shows; `isParted` when it took more than one task. */
  give(snapshot: WrittenSnapshot, reading: PageReading, isParted: boolean): void;
  /** Runs a part. */
  run(part: () => void): void;
}

/** A part: the page's own work and its frames find time between two of them. */
const PART_MS = 10;
/** A page that changes more often than this while it is read is read at once. */
const MOST_DROPS = 2;

interface Work {
  readonly standing: string;
  readonly steps: Iterator<void, () => void>;
}

export class SnapshotInParts {
  readonly #deps: SnapshotInPartsDeps;
  readonly #now: () => number;
  readonly #later: (run: () => void) => void;
  #work: Work | undefined;
  #isUnderWay = false;
  #drops = 0;
  #endsAtMs = 0;
  #waiting: (() => void)[] = [];

  constructor(deps: SnapshotInPartsDeps) {
    this.#deps = deps;
    this.#now = deps.window.performance.now.bind(deps.window.performance);
    this.#later = laterIn(deps.window);
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Begins, with what is read already or from the start; whoever asks meanwhile gets the same snapshot. */
  begin(reading: PageReading | undefined = undefined): void {
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    this.#drops = 0;
    if (reading === undefined) this.#part();
    else this.#workWith(reading);
  }

  /** The page has changed: what was read of it is of no use. */
  changed(): void {
    this.#drop();
    this.#release();
  }

  /** Runs now, or right after the snapshot that is under way. */
  afterwards(run: () => void): void {
    if (this.#isUnderWay) this.#waiting.push(run);
    else run();
  }

  /** The page is shown to nobody any more, or was just read at once. */
  cancel(): void {
    this.#work = undefined;
    this.#isUnderWay = false;
    this.#waiting = [];
  }

  #part(): void {
    if (!this.#isUnderWay) return;
    this.#deps.run(() => {
      this.#deps.flush();
      if (!this.#isUnderWay) return;
      try {
        this.#go();
      } catch {
        // What went wrong in parts may be right in one go, and whoever waits gets a snapshot or none is ever asked for.
        this.#takeAtOnce();
      }
    });
  }

  #go(): void {
    // An address may have come that other rules are for, and have gone again, without a word.
    if (this.#work !== undefined && this.#work.standing !== this.#deps.standing()) this.#drop();
    if (this.#work !== undefined) {
      this.#goOn(this.#work);
      return;
    }
    const reading = this.#drops < MOST_DROPS ? this.#deps.open() : undefined;
    if (reading === undefined) this.#takeAtOnce();
    else this.#workWith(reading);
  }

  #takeAtOnce(): void {
    const waiting = this.#waiting;
    this.cancel();
    this.#deps.atOnce();
    for (const run of waiting) run();
  }

  /** To begin takes its time as well, and with a recording all of its beginning. */
  #workWith(reading: PageReading): void {
    this.#work = { standing: this.#deps.standing(), steps: this.#steps(reading) };
    this.#later(() => this.#part());
  }

  #goOn(work: Work): void {
    this.#endsAtMs = this.#now() + PART_MS;
    const step = work.steps.next();
    if (step.done === true) this.#finish(step.value);
    else this.#later(() => this.#part());
  }

  *#steps(reading: PageReading): Generator<void, () => void, void> {
    const mayGoOn = () => this.#now() < this.#endsAtMs;
    let isParted = false;
    while (!reading.readOn(mayGoOn)) {
      isParted = true;
      yield;
    }
    const masking = this.#deps.mask(reading.whole().node);
    while (!masking.goOn(mayGoOn)) {
      isParted = true;
      yield;
    }
    // What becomes of it takes its time as well.
    if (isParted) yield;
    return () => this.#deps.give(masking.finish(reading.whole().initialOffset), reading, isParted);
  }

  #finish(give: () => void): void {
    const waiting = this.#waiting;
    this.cancel();
    give();
    for (const run of waiting) run();
  }

  #drop(): void {
    if (this.#work === undefined) return;
    this.#work = undefined;
    this.#drops += 1;
  }

  /** What waited came before the change that is told of now. */
  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run();
  }
}

/** A task of its own, after whatever the browser has to do: a timer would be put off for longer each time. */
function laterIn({ MessageChannel }: SnapshotInPartsDeps['window']): (run: () => void) => void {
  let next: (() => void) | undefined;
  let port: MessagePort | undefined;
  const open = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const run = next;
      next = undefined;
      run?.();
    };
    return port2;
  };
  return (run) => {
    next = run;
    port ??= open();
    port.postMessage(0);
  };
}
