/** Puts the lines of strace together to whole calls: a call that another process interrupts comes in two. */

export interface TracedCall {
  readonly pid: number;
  readonly name: string;
  /** As strace writes them, between the brackets. */
  readonly args: string;
  /** Undefined where the process ended before the call did. */
  readonly result: string | undefined;
}

const LINE = /^(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()/;
const RESULT = /\)\s+= (.*)$/s;
const UNFINISHED = / <unfinished \.\.\.>$/;

export class StraceLines {
  readonly #begun = new Map<string, string>();

  /** Undefined for a line that ends no call. */
  next(line: string): TracedCall | undefined {
    const start = LINE.exec(line);
    if (start === null) return undefined;
    const [whole, pid = '', resumed, begun = ''] = start;
    const rest = line.slice(whole.length);
    if (resumed === undefined && UNFINISHED.test(rest)) {
      this.#begun.set(`${pid} ${begun}`, rest.replace(UNFINISHED, ''));
      return undefined;
    }
    const name = resumed ?? begun;
    const before = resumed === undefined ? '' : this.#take(`${pid} ${name}`);
    return finished(Number(pid), name, before + rest);
  }

  /** Calls that nothing has been heard of since they began: they count as done. */
  *left(): Generator<TracedCall> {
    for (const [key, args] of this.#begun) {
      const [pid, name = ''] = key.split(' ');
      yield { pid: Number(pid), name, args, result: undefined };
    }
    this.#begun.clear();
  }

  #take(key: string): string {
    const args = this.#begun.get(key) ?? '';
    this.#begun.delete(key);
    return args;
  }
}

function finished(pid: number, name: string, text: string): TracedCall {
  const end = RESULT.exec(tailOf(text));
  if (end === null) return { pid, name, args: text, result: undefined };
  return { pid, name, args: text.slice(0, text.length - end[0].length), result: end[1] };
}

/** The result is at the end: nothing of a long text has to be looked through for it. */
function tailOf(text: string): string {
  const at = text.lastIndexOf(') ');
  return at === -1 ? '' : text.slice(at);
}

export function hasFailed({ result }: TracedCall): boolean {
  return result?.startsWith('-1 ') ?? false;
}
