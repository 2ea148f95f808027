/** Reads the Cookie header: the names that came, and the value of one of them. */

function* pairs(header: string | undefined): Generator<readonly [name: string, value: string]> {
  for (const pair of (header ?? '').split(';')) {
    const [name = '', ...value] = pair.split('=');
    if (name.trim() !== '') yield [name.trim(), value.join('=').trim()];
  }
}

export function cookieNames(header: string | undefined): readonly string[] {
  return Array.from(pairs(header), ([name]) => name);
}

export function cookieValue(header: string | undefined, wanted: string): string | undefined {
  for (const [name, value] of pairs(header)) {
    if (name === wanted) return value;
  }

  return undefined;
}
