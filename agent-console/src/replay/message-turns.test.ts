import { expect, test } from 'vitest';
import { MessageTurns } from './message-turns.js';

/** A replay in which every message takes so long, and tasks run when they are told to. */
function replay({ tookMs }: { readonly tookMs: number }) {
  const taken: number[] = [];
  const tasks: (() => void)[] = [];
  let nowMs = 0;
  const turns = new MessageTurns<number>(
    (message) => {
      taken.push(message);
      nowMs += tookMs;
    },
    { now: () => nowMs, soon: (run) => void tasks.push(run) },
  );
  const runTask = (): number => {
    const before = taken.length;
    tasks.shift()?.();
    return taken.length - before;
  };
  return { turns, taken, tasks, runTask };
}

test('a message that comes alone is taken at once', () => {
  const { turns, taken, tasks } = replay({ tookMs: 100 });
  turns.came({ data: 1 }, { mayWait: false });
  turns.came({ data: 2 }, { mayWait: false });
  expect(taken).toEqual([1, 2]);
  expect(tasks).toEqual([]);
});

test('those of a page that is being built are taken a few at a time, and what comes later waits for them', () => {
  const { turns, taken, tasks, runTask } = replay({ tookMs: 8 });
  for (let message = 1; message <= 7; message += 1) turns.came({ data: message }, { mayWait: true });
  turns.came({ data: 8 }, { mayWait: false });
  expect(taken).toEqual([]);
  const counts: number[] = [];
  while (tasks.length > 0) counts.push(runTask());
  expect(counts).toEqual([3, 3, 2]);
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('what waits for a replay that is closed is not taken any more', () => {
  const { turns, taken, runTask } = replay({ tookMs: 8 });
  turns.came({ data: 1 }, { mayWait: true });
  turns.close();
  runTask();
  expect(taken).toEqual([]);
});

test('a message is read with its turn', () => {
  const { turns, runTask } = replay({ tookMs: 8 });
  let isRead = false;
  const message = {
    get data() {
      isRead = true;
      return 1;
    },
  };
  turns.came(message, { mayWait: true });
  expect(isRead).toBe(false);
  runTask();
  expect(isRead).toBe(true);
});
