/** The question for explicit consent to a transfer, once its words have come from whoever keeps the ledger of consents. */

import type { AskId, TransferQuestion, TransferWords } from '@alongside/protocol';
import { visitorPaths } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { effect, signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { VisitorHttp } from '../session/visitor-http.js';

export interface TransferAsked {
  readonly question: TransferQuestion;
  readonly words: TransferWords;
}

export interface TransferAskedDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly http: VisitorHttp;
  readonly language: string;
}

const AGAIN_MS = 3_000;

export class TransferAsking {
  /** Without its words nothing is asked. */
  readonly asked = signal<TransferAsked | undefined>(undefined);
  readonly #deps: TransferAskedDeps;
  readonly #stop: () => void;
  #askId: AskId | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: TransferAskedDeps) {
    this.#deps = deps;
    this.#stop = effect(() => this.#take(deps.session.value?.engagement.value?.transfer));
  }

  close(): void {
    clearTimeout(this.#again);
    this.#stop();
  }

  #take(question: TransferQuestion | undefined): void {
    if (question?.askId === this.#askId) return;
    clearTimeout(this.#again);
    this.#askId = question?.askId;
    this.asked.value = undefined;
    if (question !== undefined) unattended(this.#fetch(question));
  }

  async #fetch(question: TransferQuestion): Promise<void> {
    const { session, http, language } = this.#deps;
    const entry = session.peek()?.entry;
    if (entry === undefined) return;
    const path = `${visitorPaths.transferWords(question.country)}?language=${language}`;
    const answer = await http.ask<TransferWords>(path, { entry });
    if (this.#askId !== question.askId) return;
    if (answer.ok) this.asked.value = { question, words: answer.value };
    else this.#again = setTimeout(() => unattended(this.#fetch(question)), AGAIN_MS);
  }
}
