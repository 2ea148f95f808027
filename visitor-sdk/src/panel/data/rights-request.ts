/** A request by one's rights that an officer answers later: sent with the receipt, and read again by its own link. */

import type { CaseOpened, CaseStart } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { ReturnEntry } from '../../return/return-store.js';
import type { ClosingHttp } from '../closing/closing-http.js';
import type { Failure } from '../session/visitor-http.js';
import { saveJson } from './save-file.js';

/** What the panel cannot do at once by itself. */
export const askedKinds = [
  'rectification',
  'restriction',
  'objection',
  'objectionToFacts',
  'complaint',
  'minor',
] as const;
export type AskedKind = (typeof askedKinds)[number];

export type RequestState =
  | { readonly state: 'idle' | 'busy' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'sent'; readonly opened: CaseOpened; readonly link: string };

export class RightsRequest {
  readonly state = signal<RequestState>({ state: 'idle' });
  readonly #http: ClosingHttp;

  constructor(http: ClosingHttp) {
    this.#http = http;
  }

  reset(): void {
    this.state.value = { state: 'idle' };
  }

  async send(entry: ReturnEntry | undefined, kind: AskedKind, details: string): Promise<void> {
    if (entry === undefined || this.state.value.state === 'busy') return;
    this.state.value = { state: 'busy' };
    const answer = await this.#http.ask(entry, startOf(kind, details.trim()));
    if (!answer.ok) {
      this.state.value = { state: 'failed', failure: answer.failure };
      return;
    }
    const { caseId, caseKey } = answer.value;
    // Behind the hash it reaches no server and no log.
    const link = `${this.#http.service}/request#${caseId}.${caseKey}`;
    this.state.value = { state: 'sent', opened: answer.value, link };
  }

  save(): void {
    const sent = this.state.value;
    if (sent.state !== 'sent') return;
    const { caseId, kind, controller, contact, dueAt } = sent.opened.seen;
    const answerBy = new Date(dueAt).toISOString().slice(0, 10);
    saveJson(`request-${caseId.slice(0, 8)}.json`, {
      caseId,
      kind,
      controller,
      contact,
      answerBy,
      link: sent.link,
    });
  }
}

/** An objection is to what rests on a legitimate interest of the customer: the survey, or the technical facts. */
function startOf(kind: AskedKind, details: string): CaseStart {
  const said = details === '' ? {} : { details };
  if (kind === 'objection') return { ...said, kind, objectsTo: 'feedback' };
  if (kind === 'objectionToFacts') return { ...said, kind: 'objection', objectsTo: 'accountability' };
  return { ...said, kind };
}
