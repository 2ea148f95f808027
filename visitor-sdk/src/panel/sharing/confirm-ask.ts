/** What the page asks its visitor before an agent's act goes through: one question at a time. */

import { intentLimits } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { ConfirmRequest } from '../../sharing/sharing-part.js';

export interface ConfirmAsk extends ConfirmRequest {
  readonly answer: (yes: boolean) => void;
}

/** The act waits no longer than its own time, so that a yes has to come a little before. */
const ANSWER_MS = intentLimits.confirmMs - 500;

export class ConfirmAsks {
  readonly open = signal<ConfirmAsk | undefined>(undefined);
  /** The last one was answered by nobody, so that nothing was done. */
  readonly ranOut = signal(false);

  /** A second question answers the first with no. One that has run out is gone: a yes to it would do nothing. */
  ask(request: ConfirmRequest): Promise<boolean> {
    this.refuse();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.ranOut.value = true;
        ask.answer(false);
      }, ANSWER_MS);
      const ask: ConfirmAsk = {
        ...request,
        answer: (yes) => {
          clearTimeout(timer);
          if (this.open.peek() === ask) this.open.value = undefined;
          resolve(yes);
        },
      };
      this.open.value = ask;
    });
  }

  refuse(): void {
    this.ranOut.value = false;
    this.open.peek()?.answer(false);
  }
}
