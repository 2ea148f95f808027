/**
 * Lines that the visitor has sent and that are not committed yet. They wait in this page's memory, in order, each
 * with an id that makes sending it again harmless.
 */

import type { ChatNumbered, LineId, RefusalCode, Reply } from '@alongside/protocol';
import { isRetryable } from '@alongside/protocol';

export interface UnsentLine {
  readonly lineId: LineId;
  readonly text: string;
  /** `sending`: on its way for the first time. `waiting`: could not be committed yet. `refused`: never will be. */
  readonly state: 'sending' | 'waiting' | 'refused';
  readonly refusal?: RefusalCode;
}

export interface OutboxDeps {
  readonly send: (line: { lineId: LineId; text: string }) => Promise<Reply<ChatNumbered>>;
  readonly onCommitted: (line: { lineId: LineId; text: string } & ChatNumbered) => void;
  readonly onChanged: (lines: readonly UnsentLine[]) => void;
  /** Runs once later; returns how to call it off. */
  readonly later: (failures: number, run: () => void) => () => void;
}

export class Outbox {
  readonly #deps: OutboxDeps;
  #lines: readonly UnsentLine[] = [];
  #busy = false;
  #failures = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  get lines(): readonly UnsentLine[] {
    return this.#lines;
  }

  add(lineId: LineId, text: string): void {
    // Behind a line that has to wait this one waits as well, and says so.
    const waits = this.#lines.some((line) => line.state === 'waiting');
    this.#set([...this.#lines, { lineId, text, state: waits ? 'waiting' : 'sending' }]);
    void this.flush();
  }

  /** Takes a line back that will never be accepted, or one that the visitor no longer wants to send. */
  remove(lineId: LineId): void {
    this.#set(this.#lines.filter((line) => line.lineId !== lineId));
  }

  /** The line was committed though its answer was lost: another way told so. */
  settle(lineId: LineId): void {
    if (this.#lines.some((line) => line.lineId === lineId)) this.remove(lineId);
  }

  /** Sends what waits, one line after the other, until one has to wait on. */
  async flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    try {
      for (let line = this.#next(); line !== undefined; line = this.#next()) {
        if (!(await this.#sendOne(line))) break;
      }
    } finally {
      this.#busy = false;
    }
  }

  close(): void {
    this.#cancelRetry?.();
  }

  #next(): UnsentLine | undefined {
    return this.#lines.find((line) => line.state !== 'refused');
  }

  async #sendOne(line: UnsentLine): Promise<boolean> {
    const { lineId, text } = line;
    const reply = await this.#deps.send({ lineId, text });
    if (reply.ok) {
      this.#failures = 0;
      this.settle(lineId);
      this.#deps.onCommitted({ lineId, text, ...reply.value });
      return true;
    }
    const { code } = reply.refusal;
    if (!isRetryable(code)) {
      this.#mark(lineId, { lineId, text, state: 'refused', refusal: code });
      return true;
    }
    this.#mark(lineId, { lineId, text, state: 'waiting' });
    this.#cancelRetry = this.#deps.later(this.#failures++, () => {
      this.#cancelRetry = undefined;
      void this.flush();
    });
    return false;
  }

  #mark(lineId: LineId, marked: UnsentLine): void {
    this.#set(this.#lines.map((line) => (line.lineId === lineId ? marked : line)));
  }

  #set(lines: readonly UnsentLine[]): void {
    this.#lines = lines;
    this.#deps.onChanged(lines);
  }
}
