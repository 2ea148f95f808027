/** One that reads nothing is ended without waiting for it, and nobody else is. */

import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { endWhenUnread, UNREAD_MESSAGES } from './unread-lines.js';

class Line extends EventEmitter {
  readonly closed: boolean[] = [];

  close(discard: boolean): void {
    this.closed.push(discard);
  }
}

function watched() {
  const line = new Line();
  let ended = 0;
  const other = new Line();
  const watch = endWhenUnread(() => {
    ended += 1;
  });
  watch(line);
  watch(other);
  other.emit('packetCreate');
  const make = (count: number) => {
    for (let index = 0; index < count; index += 1) line.emit('packetCreate');
  };
  return { line, make, ended: () => ended };
}

it('ends who has more unread than a pause makes, once', () => {
  const { line, make, ended } = watched();
  make(UNREAD_MESSAGES);
  expect(line.closed).toEqual([]);
  make(5);
  expect([line.closed, ended()]).toEqual([[true], 1]);
});

it('does not end who reads, however much there is', () => {
  const { line, make, ended } = watched();
  for (let round = 0; round < 10; round += 1) {
    make(UNREAD_MESSAGES);
    line.emit('flush');
  }
  expect([line.closed, ended()]).toEqual([[], 0]);
});
