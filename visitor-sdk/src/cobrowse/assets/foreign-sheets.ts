/** Reads style sheets of other origins, which scripts may not look into, where those origins permit it. */

import { LONGEST_SHEET } from '../masking/css/css-sheet.js';
import { readAtMost } from './asset-store.js';
import { deadlineSignal } from './fetch-deadline.js';

export interface ForeignSheet {
  readonly text: string;
  /** What addresses in it are relative to. */
  readonly base: string;
}

export interface ForeignSheetsDeps {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  onRead(id: number, sheet: ForeignSheet): void;
}

const MAX_SHEETS = 32;
const FETCH_MS = 10_000;

export class ForeignSheets {
  readonly #deps: ForeignSheetsDeps;
  readonly #sheets = new Map<string, Promise<ForeignSheet | undefined>>();
  readonly #abort = new AbortController();

  constructor(deps: ForeignSheetsDeps) {
    this.#deps = deps;
  }

  read(id: number, address: string): void {
    let sheet = this.#sheets.get(address);
    if (sheet === undefined) {
      if (this.#sheets.size >= MAX_SHEETS) return;
      sheet = this.#load(address);
      this.#sheets.set(address, sheet);
    }
    void sheet.then((read) => {
      if (read !== undefined && !this.#abort.signal.aborted) this.#deps.onRead(id, read);
    });
  }

  close(): void {
    this.#abort.abort();
    this.#sheets.clear();
  }

  async #load(address: string): Promise<ForeignSheet | undefined> {
    try {
      const response = await this.#deps.fetch(address, {
        mode: 'cors',
        credentials: 'omit',
        cache: 'force-cache',
        signal: deadlineSignal(this.#abort.signal, FETCH_MS),
      });
      if (!response.ok || !/^text\/css\b/i.test(response.headers.get('content-type') ?? '')) return undefined;
      const bytes = await readAtMost(response, LONGEST_SHEET);
      return bytes && { text: new TextDecoder().decode(bytes), base: response.url };
    } catch {
      // The other origin does not permit it: the page is shown without this sheet.
      return undefined;
    }
  }
}
