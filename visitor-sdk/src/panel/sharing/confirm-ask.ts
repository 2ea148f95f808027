/** What the page asks its visitor before an agent's act goes through: one question at a time. */

import { intentLimits } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { ConfirmRequest } from '../../sharing/sharing-part.js';

export interface ConfirmAsk extends ConfirmRequest {
  /** Two questions in the same words are two. */
  readonly number: number;
  /** When it goes unanswered. */
  readonly endsAt: number;
  readonly answer: (yes: boolean) => void;
}

/** The act waits no longer than its own time, so that a yes has to come a little before. */
const ANSWER_MS = intentLimits.confirmMs - 500;

export class ConfirmAsks {
  readonly open = signal<ConfirmAsk | undefined>(undefined);
  /** Why nothing was done about the last one: nobody answered, or too much had changed by the time of the yes. */
  readonly nothing = signal<'ranOut' | 'undone' | undefined>(undefined);

  #asked = 0;

  /** A second question answers the first with no. One that has run out is gone: a yes to it would do nothing. */
  ask(request: ConfirmRequest): Promise<boolean> {
    this.refuse();
    this.#asked += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.nothing.value = 'ranOut';
        ask.answer(false);
      }, ANSWER_MS);
      const ask: ConfirmAsk = {
        ...request,
        number: this.#asked,
        endsAt: Date.now() + ANSWER_MS,
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
    this.nothing.value = undefined;
    this.open.peek()?.answer(false);
  }
}
