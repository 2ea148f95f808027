/** Pairs the answers of the visitor's page with the intents they answer. */

import type { IntentAnswer, IntentRefusal, IntentTarget } from '@alongside/protocol';

export type IntentOutcome =
  | {
      readonly outcome: 'done';
      readonly target: IntentTarget | undefined;
      readonly slot: number | undefined;
    }
  | { readonly outcome: 'refused'; readonly refusal: IntentRefusal }
  /** Nobody answered in time; it may or may not have happened. */
  | { readonly outcome: 'unanswered' }
  | { readonly outcome: 'unsent' };

/** Long enough for a visitor who is asked to confirm. */
const ANSWER_MS = 30_000;

export class IntentAnswers {
  readonly #waiting = new Map<
    number,
    { resolve(outcome: IntentOutcome): void; cancel(): void; readonly mayBeUnread: boolean }
  >();
  #lastRef = 0;

  nextRef(): number {
    this.#lastRef = (this.#lastRef + 1) >>> 0;
    return this.#lastRef;
  }

  /** `mayBeUnread`: a page with an older SDK cannot read what was sent, nor then which intent it was. */
  expect(ref: number, mayBeUnread = false): Promise<IntentOutcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.give(ref, { outcome: 'unanswered' }), ANSWER_MS);
      this.#waiting.set(ref, { resolve, cancel: () => clearTimeout(timer), mayBeUnread });
    });
  }

  received(answer: IntentAnswer | undefined): void {
    if (answer?.outcome !== 'done' && answer?.outcome !== 'refused') return;
    const outcome: IntentOutcome =
      answer.outcome === 'done'
        ? { outcome: 'done', target: answer.target, slot: answer.slot }
        : { outcome: 'refused', refusal: answer.refusal };
    for (const ref of answer.ref === undefined ? this.#unread(answer) : [answer.ref]) this.give(ref, outcome);
  }

  /** Of what was refused for another reason the page knows which it was, or it was never read. */
  #unread(answer: IntentAnswer): readonly number[] {
    if (answer.outcome !== 'refused' || answer.refusal !== 'malformed') return [];
    return [...this.#waiting].filter(([, { mayBeUnread }]) => mayBeUnread).map(([ref]) => ref);
  }

  give(ref: number, outcome: IntentOutcome): void {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    waiting?.cancel();
    waiting?.resolve(outcome);
  }

  close(): void {
    for (const ref of [...this.#waiting.keys()]) this.give(ref, { outcome: 'unsent' });
  }
}
