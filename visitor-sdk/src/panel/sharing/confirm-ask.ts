/** What the page asks its visitor before an agent's act goes through: one question at a time. */

import { signal } from '@preact/signals';
import type { ConfirmRequest } from '../../sharing/sharing-part.js';

export interface ConfirmAsk extends ConfirmRequest {
  readonly answer: (yes: boolean) => void;
}

export class ConfirmAsks {
  readonly open = signal<ConfirmAsk | undefined>(undefined);

  /** A second question answers the first with no. */
  ask(request: ConfirmRequest): Promise<boolean> {
    this.refuse();
    return new Promise((resolve) => {
      const ask: ConfirmAsk = {
        ...request,
        answer: (yes) => {
          if (this.open.peek() === ask) this.open.value = undefined;
          resolve(yes);
        },
      };
      this.open.value = ask;
    });
  }

  refuse(): void {
    this.open.peek()?.answer(false);
  }
}
