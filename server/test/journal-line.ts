/** The journal's other end for tests: speaks as `live` does, by hand. */
import { createHmac, randomUUID } from 'node:crypto';
import {
  type JournalAck,
  type JournalEntry,
  type LiveRoster,
  type LiveStatus,
  type RecordsHello,
  type RecordsToLive,
  type Revocation,
  saidIn,
} from '@alongside/engagement';
import { WebSocket } from 'ws';

export const JOURNAL_SECRET = 'a journal secret of the tests';

/** What a line says of itself: several at once are there only where each shares its desk. */
export interface LineOptions {
  readonly secret?: string;
  readonly startNumber?: string;
  readonly sharesDesk?: boolean;
  readonly liveUrl?: string;
}

/** The `live` end of the journal, spoken by hand. */
export class JournalLine {
  readonly #socket: WebSocket;
  readonly revoked: Revocation[] = [];
  readonly storage: string[] = [];
  readonly nodeId: string;
  hello: RecordsHello = { ticketKeys: [] };
  readonly #waiting = new Map<number, (ack: JournalAck) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket, nodeId: string) {
    this.#socket = socket;
    this.nodeId = nodeId;
  }

  static open(url: string, nodeId: string, options: LineOptions = {}): Promise<JournalLine> {
    const { secret = JOURNAL_SECRET, startNumber = 'start-1', sharesDesk = true } = options;
    const { liveUrl = 'http://live.localhost:3001' } = options;
    const socket = new WebSocket(url);
    const line = new JournalLine(socket, nodeId);
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => {
        reject(new Error(`closed ${code}`));
        line.#lost();
      });
      socket.on('message', (data) => {
        for (const message of saidIn(String(data)) as readonly RecordsToLive[]) {
          if ('challenge' in message) {
            const proof = createHmac('sha256', secret).update(message.challenge).digest('base64url');
            line.#send({
              hello: { nodeId, startNumber, liveUrl, sharesDesk, proof },
            });
          } else if ('hello' in message) {
            line.hello = message.hello;
            resolve(line);
          } else if ('ack' in message) line.#settle(message.id, message.ack);
          else if ('revoke' in message) line.revoked.push(message.revoke);
          else if ('storage' in message) line.storage.push(message.storage);
        }
      });
    });
  }

  append(entry: unknown): Promise<JournalAck> {
    const { message, ack } = this.#number(entry);
    this.#send(message);
    return ack;
  }

  /** As `live` sends what is appended in one turn. */
  appendTogether(entries: readonly unknown[]): Promise<JournalAck[]> {
    const numbered = entries.map((each) => this.#number(each));
    this.#send(numbered.map(({ message }) => message));
    return Promise.all(numbered.map(({ ack }) => ack));
  }

  #number(entry: unknown) {
    if (this.#socket.readyState !== this.#socket.OPEN) throw new Error('the journal line is closed');
    this.#lastId += 1;
    const id = this.#lastId;
    const ack = new Promise<JournalAck>((resolve) => this.#waiting.set(id, resolve));
    return { message: { id, entry }, ack };
  }

  /** Asks what was missed. */
  catchUp(roster: LiveRoster): void {
    this.#send({ roster });
  }

  tell(status: LiveStatus): void {
    this.#send({ status });
  }

  get socket(): WebSocket {
    return this.#socket;
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: unknown): void {
    this.#socket.send(JSON.stringify(message));
  }

  #settle(id: number, ack: JournalAck): void {
    this.#waiting.get(id)?.(ack);
    this.#waiting.delete(id);
  }

  #lost(): void {
    for (const settle of this.#waiting.values())
      settle({ ok: false, refusal: { code: 'internal', detail: 'lost' } });
    this.#waiting.clear();
  }
}

type EntryFields = JournalEntry extends infer Entry
  ? Entry extends { entryId: string }
    ? Omit<Entry, 'entryId' | 'at'> & { entryId?: string; at?: number }
    : never
  : never;

export function entry(fields: EntryFields): JournalEntry {
  return { entryId: randomUUID(), at: Date.now(), ...fields } as JournalEntry;
}
