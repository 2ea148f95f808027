/**
 * Batches in fewer words: an object is written as the number of its shape and its values, and the names of a shape's
 * fields once in an epoch. Deflate finds such repetitions as well, but pays for each of them again.
 *
 * In the packed JSON every value that is no text, number, true, false or null is a list: `[0, …]` holds the items of
 * a list, `[s, …]` with s above 0 the values of an object of the shape s, and `[-n, …]` the n names and then the n
 * values of an object whose shape is told here. Shape 1 is the object without fields; the others are numbered as
 * they are told, up to a limit. The `timestamp` of an event is what has passed since that of the event before it.
 */

/** Objects with ever new names, as attributes have them, must not fill the table of either side. */
const MOST_SHAPES = 512;
const LONGEST_NAMES = 512;
const TIME = 'timestamp';

/** Whether a shape gets a number, so that it can be named without being told again; both sides ask this. */
function isNumbered(names: string, known: number): boolean {
  return known < MOST_SHAPES && names.length <= LONGEST_NAMES;
}

/** The sender's table of one epoch; the receiver builds the same one. */
export class EventPacker {
  readonly #shapes = new Map<string, number>([['[]', 1]]);
  #lastTime = 0;

  /** The packed JSON of a batch, and what makes the table forget it: a batch that is never sent must not be in it. */
  pack(json: string): { readonly text: string; readonly undo: () => void } {
    const known = this.#shapes.size;
    const time = this.#lastTime;
    const events = JSON.parse(json) as readonly unknown[];
    const text = JSON.stringify(events.map((event) => this.#value(event, 0)));
    const undo = (): void => {
      for (const names of [...this.#shapes.keys()].slice(known)) this.#shapes.delete(names);
      this.#lastTime = time;
    };
    return { text, undo };
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const packed: unknown[] = [];
    if (Array.isArray(value)) {
      packed.push(0);
      for (const item of value) packed.push(this.#value(item, depth + 1));
      return packed;
    }
    const names = Object.keys(value);
    const shape = this.#shapeOf(names);
    if (shape === undefined) packed.push(-names.length, ...names);
    else packed.push(shape);
    const fields = value as Readonly<Record<string, unknown>>;
    for (const name of names) {
      const isTime = depth === 0 && name === TIME;
      packed.push(isTime ? this.#since(fields[name]) : this.#value(fields[name], depth + 1));
    }
    return packed;
  }

  /** Undefined for one that has to be told now. */
  #shapeOf(names: readonly string[]): number | undefined {
    const key = JSON.stringify(names);
    const shape = this.#shapes.get(key);
    if (shape === undefined && isNumbered(key, this.#shapes.size))
      this.#shapes.set(key, this.#shapes.size + 1);
    return shape;
  }

  /** Only whole numbers come back as they were. */
  #since(time: unknown): unknown {
    if (!Number.isSafeInteger(time)) return [0, this.#value(time, 1)];
    const since = Number(time) - this.#lastTime;
    this.#lastTime = Number(time);
    return since;
  }
}

class Unreadable extends Error {}

/** The receiver's table of one epoch. */
export class EventUnpacker {
  readonly #shapes: (readonly string[])[] = [[]];
  #lastTime = 0;

  /** The events of a batch; undefined when it was not packed like this, and then nothing after it can be read. */
  unpack(packed: unknown): readonly unknown[] | undefined {
    if (!Array.isArray(packed)) return undefined;
    try {
      return packed.map((event) => this.#value(event, 0));
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (!Array.isArray(value)) throw new Unreadable();
    const shape: unknown = value[0];
    if (typeof shape !== 'number' || !Number.isInteger(shape)) throw new Unreadable();
    if (shape === 0) return value.slice(1).map((item) => this.#value(item, depth + 1));
    const names = shape > 0 ? this.#shapes[shape - 1] : this.#told(value.slice(1, 1 - shape));
    const first = shape > 0 ? 1 : 1 - shape;
    if (names === undefined || value.length - first !== names.length) throw new Unreadable();
    // Made of entries, so that a field of any name is a field and nothing else.
    return Object.fromEntries(names.map((name, at) => [name, this.#field(name, value[first + at], depth)]));
  }

  /** A shape is numbered before those of the objects within it. */
  #told(names: readonly unknown[]): readonly string[] {
    if (!names.every((name) => typeof name === 'string')) throw new Unreadable();
    if (isNumbered(JSON.stringify(names), this.#shapes.length)) this.#shapes.push(names);
    return names;
  }

  #field(name: string, value: unknown, depth: number): unknown {
    if (depth > 0 || name !== TIME) return this.#value(value, depth + 1);
    if (Array.isArray(value)) return this.#value(value[1], depth + 1);
    const time = this.#lastTime + Number(value);
    if (typeof value !== 'number' || !Number.isSafeInteger(time)) throw new Unreadable();
    this.#lastTime = time;
    return time;
  }
}
