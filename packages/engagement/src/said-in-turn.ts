/**
 * What one side of the journal says in one turn goes out as one message: to parse, frame and write each by itself took
 * longer than all that was done with it.
 */

/** Far less than either side takes as one message; what is longer goes by itself. */
const MOST_SIGNS = 65_536;

export class SaidInTurn<Message> {
  readonly #send: (text: string) => void;
  #texts: string[] = [];
  #signs = 0;

  /** `send` is given JSON: a message by itself, or an array of several in the order in which they were said. */
  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  say(message: Message): void {
    const text = JSON.stringify(message);
    if (this.#signs + text.length > MOST_SIGNS) this.flush();
    this.#signs += text.length;
    if (this.#texts.push(text) === 1) void Promise.resolve().then(() => this.flush());
  }

  flush(): void {
    const [first, ...more] = this.#texts;
    if (first === undefined) return;
    this.#texts = [];
    this.#signs = 0;
    this.#send(more.length === 0 ? first : `[${[first, ...more].join(',')}]`);
  }
}

/** Throws where it is no JSON. */
export function saidIn(text: string): readonly unknown[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [value];
}
