/**
 * What is under way in one joined frame: the acts that it was handed, and what it asks the visitor about. The frame's
 * page may say anything, so only an answer to what was asked counts, and a question only while an act is under way.
 */

import type { IntentAnswer } from '@alongside/protocol';
import { intentLimits, parseIntentAnswer } from '@alongside/protocol';
import type { SaidOfActs } from '../joined/join-words.js';
import type { FrameDoor } from '../joined/joined.js';
import type { ConfirmRequest } from './confirmation.js';
import { asLabel, confirmReasons } from './confirmation.js';
import type { IncomingIntent, Lease } from './intent-gate.js';

export interface FrameVisitDeps {
  readonly window: Pick<Window & typeof globalThis, 'setTimeout' | 'clearTimeout'>;
  readonly door: FrameDoor;
  now(): number;
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
  /** Another page is in the frame, or none. */
  onGone(): void;
}

/** `gone`: with the frame. `silent`: the frame's script says nothing. */
type Ending = IntentAnswer | 'gone' | 'silent';
/** What an act takes without a question, many times over. */
const SILENCE_MS = 5_000;

export class FrameVisit {
  readonly #deps: FrameVisitDeps;
  readonly #waiting = new Map<string, { readonly slot: number; readonly end: (ending: Ending) => void }>();
  #asking = false;
  /** Who acted last, and until when the page may still send a form because of it. */
  #acted = { slot: 0, untilMs: 0 };
  #isGone = false;

  constructor(deps: FrameVisitDeps) {
    this.#deps = deps;
    deps.door.listen((said) => {
      if (said === undefined) this.#goneWithFrame();
      else if (said.kind === 'answer') this.#answered(said);
      else this.#asked(said).catch(() => undefined);
    });
  }

  tell(leases: readonly Lease[]): void {
    this.#deps.door.send({ ask: 'leases', leases });
  }

  cease(slot: number, ref: number): void {
    this.#deps.door.send({ ask: 'cease', slot, ref });
  }

  leave(slot: number): void {
    this.#deps.door.send({ ask: 'leave', slot });
  }

  forget(slot: number, stroke: number): void {
    this.#deps.door.send({ ask: 'forget', slot, stroke });
  }

  /** Hands on what nobody waits for. */
  hint(intent: IncomingIntent, name: string): void {
    this.#deps.door.send({ ask: 'act', intent, name });
  }

  act(intent: IncomingIntent, ref: number, name: string): Promise<Ending> {
    if (this.#isGone) return Promise.resolve('gone');
    const { slot } = intent;
    return new Promise((resolve) => {
      const key = `${slot} ${ref}`;
      const timer = this.#whenSilent(() => this.#waiting.get(key)?.end('silent'));
      const end = (ending: Ending): void => {
        timer.stop();
        this.#waiting.delete(key);
        this.#acted = { slot, untilMs: this.#deps.now() + intentLimits.submitGuardMs };
        resolve(ending);
      };
      this.#waiting.get(key)?.end('silent');
      this.#waiting.set(key, { slot, end });
      this.#deps.door.send({ ask: 'act', intent, name });
    });
  }

  /** Nothing more is expected of the frame. */
  close(): void {
    this.#goneWithFrame();
  }

  #goneWithFrame(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    for (const { end } of [...this.#waiting.values()]) end('gone');
    this.#deps.onGone();
  }

  #answered({ slot, body }: Extract<SaidOfActs, { kind: 'answer' }>): void {
    const answer = parseIntentAnswer(body);
    if (answer === undefined || !('ref' in answer) || answer.ref === undefined) return;
    this.#waiting.get(`${slot} ${answer.ref}`)?.end(answer);
  }

  async #asked({ question, slot, reason, label }: Extract<SaidOfActs, { kind: 'confirm' }>): Promise<void> {
    const { door } = this.#deps;
    const isQuestion = confirmReasons.includes(reason) && typeof label === 'string';
    const mayAsk = isQuestion && !this.#asking && this.#isActing(slot);
    const yes = mayAsk && (await this.#ask({ reason, label: asLabel(label), slot }));
    door.send({ ask: 'confirmed', question, yes });
  }

  #isActing(slot: number): boolean {
    const acted = this.#acted;
    if ([...this.#waiting.values()].some((each) => each.slot === slot)) return true;
    return acted.slot === slot && this.#deps.now() < acted.untilMs;
  }

  async #ask(request: ConfirmRequest & { readonly slot: number }): Promise<boolean> {
    const { window, confirm } = this.#deps;
    this.#asking = true;
    const timer: { id?: number } = {};
    const unanswered = new Promise<boolean>((resolve) => {
      timer.id = window.setTimeout(() => resolve(false), intentLimits.confirmMs);
    });
    try {
      return await Promise.race([confirm(request), unanswered]);
    } finally {
      window.clearTimeout(timer.id);
      this.#asking = false;
    }
  }

  /** While the visitor thinks, nobody is silent. */
  #whenSilent(run: () => void): { stop(): void } {
    const { window } = this.#deps;
    const due = (): void => {
      if (this.#asking) timer = window.setTimeout(due, SILENCE_MS);
      else run();
    };
    let timer = window.setTimeout(due, SILENCE_MS);
    return { stop: () => window.clearTimeout(timer) };
  }
}
