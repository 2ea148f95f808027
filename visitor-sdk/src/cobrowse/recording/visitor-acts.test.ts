import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VisitorActs } from './visitor-acts.js';

/** What listens to the page, by the name of the event. */
const heard = new Map<string, (event: unknown) => void>();
const page = {
  defaultView: null,
  nodeType: 9,
  scrollingElement: null,
  addEventListener: (name: string, act: (event: unknown) => void) => heard.set(name, act),
  getSelection: () => {
    throw new Error('of a test');
  },
};
const target = { nodeType: 1 };
const happens = (type: string) =>
  heard.get(type)?.({ type, target, clientX: 1, clientY: 2, composedPath: () => [target] });

let caught = 0;
let isFailing = false;
let acts: VisitorActs;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { setTimeout, clearTimeout });
  [caught, isFailing] = [0, false];
  heard.clear();
  acts = new VisitorActs({
    numberOf: () => 7,
    isHidden: () => false,
    run: (act) => {
      try {
        act();
      } catch {
        caught += 1;
      }
    },
    onAct: () => {
      if (isFailing) throw new Error('of a test');
    },
  });
  acts.listen(page as unknown as Document, new AbortController().signal);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('what the visitor does', () => {
  it.each(['scroll', 'play', 'mousemove'])(
    'throws nothing into the page when it is told later, as of %s',
    (name) => {
      happens(name);
      expect(caught).toBe(0);
      isFailing = true;
      happens(name);
      expect(caught, 'not at once').toBe(0);
      vi.runAllTimers();
      expect(caught).toBe(1);
    },
  );

  it('throws nothing into the page when the selection cannot be read', () => {
    happens('selectionchange');
    vi.runAllTimers();
    expect(caught).toBe(1);
  });
});
