/** Where in a JSON text something stands, for people who have to mend it by hand. */

export type JsonPath = readonly (string | number)[];

export interface JsonLines {
  /** Where the text stops being JSON; nothing where it is. */
  readonly brokenLine: number | undefined;
  /** Of the value at a path, or, where there is none, of what it is missing in. */
  lineOf(path: JsonPath): number;
}

/** Deeper than anything that people write for us. */
const DEEPEST = 20;
const space = /[ \t\n\r]*/y;
const string = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Reads as `JSON.parse` does, which says in each browser in other words, or not at all, where it stopped. */
export function jsonLinesOf(text: string): JsonLines {
  const begins = new Map<string, number>();
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = (sign: string): boolean => {
    take(space);
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const field = (): string | undefined => {
    take(space);
    const name = take(string);
    return name !== undefined && skip(':') ? JSON.parse(name) : undefined;
  };
  /** Whether it is whole; else what should not be there is the next to be read. */
  const isValue = (path: JsonPath): boolean => {
    take(space);
    begins.set(JSON.stringify(path), at);
    if (path.length > DEEPEST) return false;
    if (skip('{')) return areItems(path, '}', field);
    if (skip('[')) return areItems(path, ']', (place) => place);
    return (take(string) ?? take(word)) !== undefined;
  };
  const areItems = (
    path: JsonPath,
    end: string,
    nameOf: (place: number) => string | number | undefined,
  ): boolean => {
    if (skip(end)) return true;
    for (let place = 0; ; place += 1) {
      const name = nameOf(place);
      if (name === undefined || !isValue([...path, name])) return false;
      if (skip(end)) return true;
      if (!skip(',')) return false;
    }
  };
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const isWhole = isValue([]);
  take(space);
  return {
    brokenLine: isWhole && at === text.length ? undefined : lineAt(at),
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const begin = begins.get(JSON.stringify(path.slice(0, length)));
        if (begin !== undefined) return lineAt(begin);
      }
      return lineAt(begins.get('[]') ?? 0);
    },
  };
}
