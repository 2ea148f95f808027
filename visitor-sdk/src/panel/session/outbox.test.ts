/** Lines that are not committed yet: their order, their ids, and when they are sent again. */

import type { ChatNumbered, LineId, Reply } from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import { expect, it } from 'vitest';
import type { UnsentLine } from './outbox.js';
import { Outbox } from './outbox.js';

class Harness {
  readonly sent: { lineId: string; text: string }[] = [];
  readonly committed: string[] = [];
  lines: readonly UnsentLine[] = [];
  retries: (() => void)[] = [];
  answer: (text: string) => Promise<Reply<ChatNumbered>> = async () => accept({ number: 1, at: 1 });
  readonly outbox = new Outbox({
    send: (line) => {
      this.sent.push(line);
      return this.answer(line.text);
    },
    onCommitted: ({ text }) => this.committed.push(text),
    onChanged: (lines) => {
      this.lines = lines;
    },
    later: (_failures, run) => {
      this.retries.push(run);
      return () => {
        this.retries = this.retries.filter((each) => each !== run);
      };
    },
  });

  say(text: string): void {
    this.outbox.add(crypto.randomUUID() as LineId, text);
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
}

it('sends one line after the other, in order', async () => {
  const harness = new Harness();
  let release = (): void => undefined;
  harness.answer = (text) =>
    text === 'one'
      ? new Promise((resolve) => {
          release = () => resolve(accept({ number: 1, at: 1 }));
        })
      : Promise.resolve(accept({ number: 2, at: 2 }));
  harness.say('one');
  harness.say('two');
  await harness.settle();
  expect(harness.sent.map(({ text }) => text)).toEqual(['one']);
  release();
  await harness.settle();
  expect(harness.committed).toEqual(['one', 'two']);
  expect(harness.lines).toEqual([]);
});

it('marks what cannot be committed, and sends it again under the same id', async () => {
  const harness = new Harness();
  harness.answer = async () => refuse('storageUnavailable');
  harness.say('one');
  await harness.settle();
  harness.say('two');
  await harness.settle();
  expect(harness.lines.map(({ text, state }) => [text, state])).toEqual([
    ['one', 'waiting'],
    ['two', 'waiting'],
  ]);
  harness.answer = async () => accept({ number: 1, at: 1 });
  harness.retries[0]?.();
  await harness.settle();
  expect(harness.committed).toEqual(['one', 'two']);
  const ids = harness.sent.filter(({ text }) => text === 'one').map(({ lineId }) => lineId);
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size).toBe(1);
});

it('sets a line aside that will never be accepted, and goes on with the next', async () => {
  const harness = new Harness();
  harness.answer = async (text) =>
    text === 'bad' ? refuse('malformed', 'text') : accept({ number: 1, at: 1 });
  harness.say('bad');
  harness.say('good');
  await harness.settle();
  expect(harness.committed).toEqual(['good']);
  expect(harness.lines).toMatchObject([{ text: 'bad', state: 'refused', refusal: 'malformed' }]);
  harness.outbox.remove(harness.lines[0]?.lineId as LineId);
  expect(harness.lines).toEqual([]);
});

it('does not send what another way told to be committed', async () => {
  const harness = new Harness();
  harness.answer = async () => refuse('internal');
  harness.say('one');
  await harness.settle();
  harness.outbox.settle(harness.lines[0]?.lineId as LineId);
  const before = harness.sent.length;
  await harness.outbox.flush();
  expect(harness.sent.length).toBe(before);
});

it('has one retry at a time, and none after the end', async () => {
  const harness = new Harness();
  harness.answer = async () => refuse('tooFast');
  harness.say('one');
  await harness.settle();
  await harness.outbox.flush();
  expect(harness.retries.length).toBe(1);
  harness.outbox.close();
  expect(harness.retries.length).toBe(0);
});
