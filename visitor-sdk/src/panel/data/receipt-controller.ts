/** The visitor's rights, used from the panel: read what is held, download it, erase it. */

import type { ErasureReceipt, Receipt } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { ReturnEntry } from '../../return/return-store.js';
import type { ClosingHttp } from '../closing/closing-http.js';
import type { Answer, Failure } from '../session/visitor-http.js';
import { mayPass } from '../session/visitor-http.js';
import { type AskedKind, RightsRequest } from './rights-request.js';
import { saveFile, saveJson } from './save-file.js';

export type ReceiptState =
  | { readonly state: 'idle' | 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'shown'; readonly receipt: Receipt };

export type Action =
  | { readonly state: 'idle' | 'busy' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** The last entries of an engagement that just ended may still be on their way to the records. */
const SETTLING_MS = [300, 1_000, 2_500] as const;

export interface ReceiptHost {
  readonly deps: { readonly address: { readonly site: string } };
  /** The visitor has had everything erased. */
  erased(): void;
  /** The service does not know the visitor of this conversation any more. */
  forget(): void;
}

export class ReceiptController {
  readonly receipt = signal<ReceiptState>({ state: 'idle' });
  readonly download = signal<Action>({ state: 'idle' });
  readonly erasing = signal<Action>({ state: 'idle' });
  readonly request: RightsRequest;
  readonly erasure = signal<ErasureReceipt | undefined>(undefined);
  readonly #http: ClosingHttp;
  readonly #host: ReceiptHost;
  #entry: ReturnEntry | undefined;

  constructor(http: ClosingHttp, host: ReceiptHost) {
    this.#http = http;
    this.request = new RightsRequest(http);
    this.#host = host;
  }

  use(entry: ReturnEntry): void {
    this.reset();
    this.#entry = entry;
  }

  reset(): void {
    this.#entry = undefined;
    this.receipt.value = { state: 'idle' };
    this.download.value = { state: 'idle' };
    this.erasing.value = { state: 'idle' };
    this.erasure.value = undefined;
    this.request.reset();
  }

  ask(kind: AskedKind, details: string): Promise<void> {
    return this.request.send(this.#entry, kind, details);
  }

  /** Where it is looked for again, what was shown stays when nothing comes. */
  async load({ again = false } = {}): Promise<void> {
    const entry = this.#entry;
    if (entry === undefined) return;
    if (this.receipt.value.state !== 'shown') this.receipt.value = { state: 'loading' };
    let answer = await this.#http.receipt(entry);
    for (const delayMs of SETTLING_MS) {
      if (answer.ok || !mayPass(answer.failure)) break;
      await new Promise((resume) => setTimeout(resume, delayMs));
      answer = await this.#http.receipt(entry);
    }
    if (this.#entry !== entry) return;
    if (!answer.ok && answer.failure === 'notAdmitted') {
      this.#host.forget();
      return;
    }
    if (answer.ok) this.receipt.value = { state: 'shown', receipt: answer.value };
    else if (!again || this.receipt.value.state !== 'shown')
      this.receipt.value = { state: 'failed', failure: answer.failure };
  }

  save(): Promise<void> {
    return this.#save(
      (entry) => this.#http.export(entry),
      (whole) => saveJson(`${this.#fileName}.json`, whole),
    );
  }

  /** For programs that know no JSON. */
  saveTable(): Promise<void> {
    return this.#save(
      (entry) => this.#http.exportTable(entry),
      (table) => saveFile(`${this.#fileName}.csv`, 'text/csv', table),
    );
  }

  get #fileName(): string {
    return `conversation-${this.#host.deps.address.site.slice(5, 13)}`;
  }

  async #save<T>(fetch: (entry: ReturnEntry) => Promise<Answer<T>>, keep: (held: T) => void): Promise<void> {
    const entry = this.#entry;
    if (entry === undefined || this.download.value.state === 'busy') return;
    this.download.value = { state: 'busy' };
    const answer = await fetch(entry);
    if (this.#entry !== entry) return;
    this.download.value = answer.ok ? { state: 'idle' } : { state: 'failed', failure: answer.failure };
    if (answer.ok) keep(answer.value);
  }

  async erase(): Promise<void> {
    const entry = this.#entry;
    if (entry === undefined || this.erasing.value.state === 'busy') return;
    this.erasing.value = { state: 'busy' };
    const answer = await this.#http.erase(entry);
    if (this.#entry !== entry) return;
    if (!answer.ok) {
      this.erasing.value = { state: 'failed', failure: answer.failure };
      return;
    }
    this.erasing.value = { state: 'idle' };
    this.erasure.value = answer.value;
    this.#host.erased();
    await this.load();
  }
}
