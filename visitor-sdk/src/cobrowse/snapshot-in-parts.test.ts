import { beforeEach, describe, expect, it } from 'vitest';
import type { WrittenSnapshot } from './masking/masker.js';
import { SnapshotInParts } from './snapshot-in-parts.js';

/** Tasks that run when the test says so; each look at the clock takes a millisecond. */
let tasks: (() => void)[];
let nowMs: number;

class FakeChannel {
  readonly port1: { onmessage?: () => void } = {};
  readonly port2 = { postMessage: () => void tasks.push(() => this.port1.onmessage?.()) };
}

const window = {
  performance: { now: () => (nowMs += 1) },
  MessageChannel: FakeChannel,
} as unknown as ConstructorParameters<typeof SnapshotInParts>[0]['window'];

let log: string[];
let standing: string;
let canOpen: boolean;
let isBroken: boolean;

/** A page of so many nodes, which are read and then masked one by one. */
const NODES = 30;

function oneByOne(word: string): (mayGoOn: () => boolean) => boolean {
  let left = NODES;
  return (mayGoOn) => {
    while (left > 0) {
      left -= 1;
      if (isBroken && left === 5) throw new Error('broken');
      if (!mayGoOn()) return false;
    }
    log.push(word);
    return true;
  };
}

const reading = () => ({
  readOn: oneByOne('read'),
  meta: () => undefined,
  whole: () => ({ node: 'page', initialOffset: 'top' }),
  adopt: () => undefined,
});

let parts: SnapshotInParts;

beforeEach(() => {
  tasks = [];
  nowMs = 0;
  log = [];
  standing = 'here';
  canOpen = true;
  isBroken = false;
  parts = new SnapshotInParts({
    window,
    open: () => {
      if (canOpen) log.push('open');
      return canOpen ? reading() : undefined;
    },
    mask: () => ({
      goOn: oneByOne('masked'),
      finish: (offset) => ({ offset }) as unknown as WrittenSnapshot,
    }),
    atOnce: () => log.push('at once'),
    flush: () => undefined,
    standing: () => standing,
    give: (snapshot) => log.push(`given ${JSON.stringify(snapshot)}`),
    run: (part) => part(),
  });
});

const step = () => tasks.shift()?.();
function rest(): number {
  let count = 0;
  for (; tasks.length > 0; count += 1) step();
  return count;
}
const GIVEN = 'given {"offset":"top"}';

describe('a snapshot in parts', () => {
  it('[GW5] takes several tasks, and is given once', () => {
    parts.begin();
    parts.begin();
    expect(rest()).toBeGreaterThan(4);
    expect(log).toEqual(['open', 'read', 'masked', GIVEN]);
  });

  it('goes on with what was begun already', () => {
    parts.begin(reading());
    rest();
    expect(log).toEqual(['read', 'masked', GIVEN]);
  });

  it('is begun anew when the page changes, and taken at once when it changes again', () => {
    parts.begin();
    step();
    parts.changed();
    step();
    parts.changed();
    rest();
    expect(log).toEqual(['open', 'open', 'at once']);
    parts.begin();
    rest();
    expect(log.slice(3)).toEqual(['open', 'read', 'masked', GIVEN]);
  });

  it('counts several changes between two parts as one', () => {
    parts.begin();
    step();
    parts.changed();
    parts.changed();
    rest();
    expect(log).toEqual(['open', 'open', 'read', 'masked', GIVEN]);
  });

  it('is begun anew when other rules hold, without any word', () => {
    parts.begin();
    step();
    standing = 'elsewhere';
    rest();
    expect(log).toEqual(['open', 'open', 'read', 'masked', GIVEN]);
  });

  it('lets what belongs to it come after it, and before whatever drops it', () => {
    parts.afterwards(() => log.push('now'));
    parts.begin();
    parts.afterwards(() => log.push('before'));
    parts.changed();
    parts.afterwards(() => log.push('after'));
    rest();
    expect(log).toEqual(['now', 'open', 'before', 'open', 'read', 'masked', GIVEN, 'after']);
  });

  it('is taken at once where the page cannot be read in parts, or something went wrong', () => {
    canOpen = false;
    parts.begin();
    expect(log).toEqual(['at once']);
    canOpen = true;
    isBroken = true;
    parts.begin();
    rest();
    expect(log).toEqual(['at once', 'open', 'at once']);
  });

  it('is given to nobody once it is cancelled', () => {
    parts.begin();
    step();
    parts.cancel();
    rest();
    expect(log).toEqual(['open']);
  });
});
