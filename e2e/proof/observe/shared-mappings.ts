/** Files that are mapped for several processes, to read: one that becomes writable later is written without a call. */

import type { TracedCall } from './strace-lines.js';

interface Mapping {
  readonly from: bigint;
  readonly to: bigint;
  readonly target: string;
}

/** Written by nobody but who installs the system; libraries map their tables from there. */
const OF_SYSTEM = /^\/(?:usr|lib|lib64)\//;
const RANGE = /^(?:NULL|0x[0-9a-f]+), (\d+)/;
const ADDRESS = /^(0x[0-9a-f]+)/;
const PROTECTED = /^(0x[0-9a-f]+), (\d+)/;

export class SharedMappings {
  readonly #mappings: Mapping[] = [];

  add({ args, result = '' }: TracedCall, target: string): void {
    const [, length] = RANGE.exec(args) ?? [];
    const [, address] = ADDRESS.exec(result) ?? [];
    if (length === undefined || address === undefined || OF_SYSTEM.test(target)) return;
    const from = BigInt(address);
    this.#mappings.push({ from, to: from + BigInt(length), target });
  }

  /** The file under the stretch that a call changes. A thread of another number may do it: every one is looked at. */
  at({ args }: TracedCall): string | undefined {
    const [, address, length] = PROTECTED.exec(args) ?? [];
    if (address === undefined || length === undefined || this.#mappings.length === 0) return undefined;
    const from = BigInt(address);
    const to = from + BigInt(length);
    return this.#mappings.find((mapping) => from < mapping.to && to > mapping.from)?.target;
  }
}
