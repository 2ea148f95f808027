/** What the visitor asks of `records` when a conversation ends: answers, receipt, rights. */

import type {
  CaseOpened,
  CaseStart,
  ErasureReceipt,
  Receipt,
  SurveyAnswers,
  VisitorExport,
} from '@alongside/protocol';
import { rightsPaths, visitorPaths } from '@alongside/protocol';
import type { ReturnEntry } from '../../return/return-store.js';
import type { Answer, VisitorHttp } from '../session/visitor-http.js';

export class ClosingHttp {
  readonly #http: VisitorHttp;

  constructor(http: VisitorHttp) {
    this.#http = http;
  }

  /** Where the service's own pages are. */
  get service(): string {
    return this.#http.service;
  }

  answerSurvey(entry: ReturnEntry, body: SurveyAnswers): Promise<Answer<unknown>> {
    return this.#http.ask(visitorPaths.survey, { entry, body });
  }

  receipt(entry: ReturnEntry): Promise<Answer<Receipt>> {
    return this.#http.ask(visitorPaths.receipt, { entry });
  }

  export(entry: ReturnEntry): Promise<Answer<VisitorExport>> {
    return this.#http.ask(visitorPaths.export, { entry });
  }

  exportTable(entry: ReturnEntry): Promise<Answer<string>> {
    return this.#http.ask(rightsPaths.csv, { entry, asText: true });
  }

  /** A request that an officer answers. */
  ask(entry: ReturnEntry, body: CaseStart): Promise<Answer<CaseOpened>> {
    return this.#http.ask(rightsPaths.open, { entry, body });
  }

  erase(entry: ReturnEntry): Promise<Answer<ErasureReceipt>> {
    return this.#http.ask(visitorPaths.erase, { entry, body: {} });
  }
}
